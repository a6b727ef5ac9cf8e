import { newIdempotencyKey } from '@/lib/api/idempotency';
import { t as common } from '@/lib/t';
import { describeError } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { useArchive, useUnarchive } from '../api';
import { t } from '../t';

/** Archiving and taking out of the archive; each can be undone from its toast. */
export function useArchiving(patientId: string) {
  const archiving = useArchive(patientId);
  const restoring = useUnarchive(patientId);

  const restore = async (reason: string | undefined) => {
    try {
      // Not `mutate`: its callbacks are not called once the dialog that archived is closed.
      await restoring.mutateAsync();
    } catch {
      // Already told, as every act that fails.
      return;
    }
    const undo = reason === undefined ? undefined : () => void archiveAgain(reason);
    showToast({
      tone: 'success',
      message: t('archive.restored'),
      action: undo && { label: common('actions.undo'), run: undo },
    });
  };

  const archive = async (reason: string, key: string) => {
    await archiving.mutateAsync({ reason, key });
    const undo = () => void restore(undefined);
    showToast({ tone: 'success', message: t('archive.done'), action: { label: common('actions.undo'), run: undo } });
  };

  const archiveAgain = async (reason: string) => {
    try {
      await archive(reason, newIdempotencyKey());
    } catch (error) {
      showToast({ tone: 'error', message: describeError(error).message });
    }
  };

  return { archive, restore, isArchiving: archiving.isPending, isRestoring: restoring.isPending };
}
