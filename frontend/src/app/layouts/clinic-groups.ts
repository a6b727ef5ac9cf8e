import type { MenuGroup } from '@/components/ui/menu';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { t } from '../t';

/** The person's clinics as a group of a menu; none where there is nothing to choose. */
export function useClinicGroups(): MenuGroup[] {
  const { clinics, clinic } = useMe();
  if (clinics.length < 2) return [];
  const choose = (id: string) => {
    if (id !== clinic.id) void patiently(() => import('./change-clinic')).then(({ changeClinic }) => changeClinic(id));
  };
  return [
    {
      key: 'clinics',
      label: t('clinics.label'),
      entries: clinics.map(({ clinic_id, name }) => ({
        key: clinic_id,
        label: name,
        checked: clinic_id === clinic.id,
        onSelect: () => {
          choose(clinic_id);
        },
      })),
    },
  ];
}
