import { NewConsultation } from '@/components/clinical/new-consultation';
import { NewPrescription } from '@/components/clinical/new-prescription';
import { useCan } from '@/lib/permissions';
import type { Banner } from '../api';

/** What begins a visit or a receta; nothing for whoever may not, nor of a record that is put away. */
export function BeginActs({ banner }: { banner: Banner }) {
  const can = useCan();
  if (banner.status !== 'active') return null;
  return (
    <>
      {can('prescription:write') && <NewPrescription patientId={banner.id} place="banner" />}
      {can('consultation:write') && <NewConsultation patientId={banner.id} />}
    </>
  );
}
