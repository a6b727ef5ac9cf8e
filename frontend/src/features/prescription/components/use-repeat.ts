import { useQuery } from '@tanstack/react-query';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { patientPrescriptionsQuery, readPrescription } from '@/lib/prescriptions';
import { showToast } from '@/lib/toast';
import { anew } from '../content';
import { t } from '../t';
import type { EditorState } from './use-editor';

/** Takes the medicines of the patient's last signed receta over; undefined while there is none. */
export function useRepeat(patientId: string, { change }: EditorState): (() => void) | undefined {
  const last = useQuery(patientPrescriptionsQuery(patientId, { status: 'signed', limit: 1 })).data?.items[0];
  const oneAtATime = useOneAtATime();
  if (!last) return undefined;
  const repeat = async () => {
    try {
      const { items, folio = '' } = await readPrescription(last.id);
      change((content) => ({ ...content, items: [...content.items, ...anew(items)] }));
      showToast({ tone: 'success', message: t('repeated', { folio }) });
    } catch {
      showToast({ tone: 'error', message: t('repeatFailed') });
    }
  };
  return () => {
    oneAtATime(repeat);
  };
}
