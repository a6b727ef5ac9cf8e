import { useMutation } from '@tanstack/react-query';
import type { MenuGroup } from '@/components/ui/menu';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { hasUnsavedChanges } from '@/lib/start-anew';
import { showToast } from '@/lib/toast';
import { t } from '../t';

/** Saves the texts that are being written, and goes to the other clinic. */
async function goTo(clinicId: string): Promise<void> {
  const { flushLiving } = await patiently(() => import('@/lib/drafts/living'));
  await flushLiving();
  const { switchClinic } = await patiently(() => import('@/features/auth/switch-clinic'));
  await switchClinic(clinicId);
}

/** The person's clinics as a group of a menu; none where there is nothing to choose. */
export function useClinicGroups(): MenuGroup[] {
  const { clinics, clinic } = useMe();
  const { mutateAsync } = useMutation({ mutationFn: goTo });
  const oneAtATime = useOneAtATime();
  if (clinics.length < 2) return [];
  const choose = (id: string) => {
    if (id === clinic.id) return;
    if (hasUnsavedChanges()) showToast({ tone: 'info', message: t('clinics.unsaved') });
    else oneAtATime(() => mutateAsync(id));
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
