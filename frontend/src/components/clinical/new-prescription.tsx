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
function visitFor(items: readonly ConsultationItem[], userId: string): ConsultationItem | undefined {
  return (
    items.find(({ status, author }) => status === 'draft' && author.id === userId) ??
    items.find(({ status }) => status === 'signed')
  );
}

interface NewPrescriptionProps {
  patientId: string;
  /** Beside other acts the button is short, and absent without a visit; on its own page it says what is needed. */
  place: 'page' | 'banner';
}

/** Begins a receta from the chart. It belongs to a visit: without one there is none. */
export function NewPrescription({ patientId, place }: NewPrescriptionProps) {
  const { user } = useMe();
  const list = useQuery(patientConsultationsQuery(patientId)).data;
  const { open, isOpening } = useNewPrescription(patientId);
  const visit = list && visitFor(list.items, user.id);
  if (!visit) return list && place === 'page' ? <p>{t('needsVisit')}</p> : null;
  return (
    <Button
      variant={place === 'page' ? 'primary' : 'default'}
      loading={isOpening}
      icon={<IconPrescription stroke={1.7} aria-hidden />}
      onClick={() => {
        open(visit.id);
      }}
    >
      {t(place === 'page' ? 'new' : 'short')}
    </Button>
  );
}
