import { switchClinic } from '@/features/auth/switch-clinic';
import { flushLiving } from '@/lib/drafts/living';
import { describeError } from '@/lib/errors';
import { hasUnsavedChanges } from '@/lib/start-anew';
import { showToast } from '@/lib/toast';
import { t } from '../t';

let isUnderWay = false;

/** Saves the texts that are being written and goes to another clinic; a form with changes is seen to first. */
export async function changeClinic(id: string): Promise<void> {
  if (isUnderWay) return;
  if (hasUnsavedChanges()) {
    showToast({ tone: 'info', message: t('clinics.unsaved') });
    return;
  }
  isUnderWay = true;
  try {
    await flushLiving();
    await switchClinic(id);
  } catch (error) {
    showToast({ tone: 'error', message: describeError(error).message });
  } finally {
    isUnderWay = false;
  }
}
