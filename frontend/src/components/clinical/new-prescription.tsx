import { useQuery } from '@tanstack/react-query';
import { IconPrescription } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { patientConsultationsQuery, type ConsultationItem } from '@/lib/consultations';
import { useMe } from '@/lib/session';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/new-prescription.json';
import { useNewPrescription } from './use-new-prescription';

const t = translator(texts);

/** The visit that a receta belongs to: one's own that is open, else the last signed one. */
export function visitFor(items: readonly ConsultationItem[], userId: string): ConsultationItem | undefined {
  return (
    items.find(({ status, author }) => status === 'draft' && author.id === userId) ??
    items.find(({ status }) => status === 'signed')
  );
}

/** Begins a receta from the chart. Without a visit there is none: then it says so. */
export function NewPrescription({ patientId, variant = 'default' }: { patientId: string; variant?: 'primary' | 'default' }) {
  const { user } = useMe();
  const list = useQuery(patientConsultationsQuery(patientId)).data;
  const { open, isOpening } = useNewPrescription(patientId);
  if (!list) return null;
  const visit = visitFor(list.items, user.id);
  if (!visit) return <p>{t('needsVisit')}</p>;
  return (
    <Button
      variant={variant}
      loading={isOpening}
      icon={<IconPrescription stroke={1.7} aria-hidden />}
      onClick={() => {
        open(visit.id);
      }}
    >
      {t('new')}
    </Button>
  );
}
