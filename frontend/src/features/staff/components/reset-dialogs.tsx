import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { showToast } from '@/lib/toast';
import { useApproveReset, useRequestReset, type FactorReset, type Member } from '../api';
import { t } from '../t';
import classes from './staff.module.css';

/** Asks that a colleague's lost second factor be taken away. */
export function RequestResetDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const request = useRequestReset();
  const confirm = async () => {
    await request.mutateAsync(member.id);
    showToast({ tone: 'success', message: t('reset.done') });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('reset.title', { name: member.full_name })}
      confirm={t('reset.submit')}
      loading={request.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>{t('reset.text')}</p>
    </ConfirmDialog>
  );
}

/** Approves it, as the second person. */
export function ApproveResetDialog({ reset, onClose }: { reset: FactorReset; onClose: () => void }) {
  const approve = useApproveReset();
  const name = reset.full_name;
  const confirm = async () => {
    const { status } = await approve.mutateAsync(reset.id);
    showToast({ tone: 'success', message: status === 'scheduled' ? t('resets.scheduled') : t('resets.approved', { name }) });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('resets.approveTitle', { name })}
      confirm={t('resets.approveSubmit')}
      variant="danger"
      loading={approve.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>{t('resets.approveText')}</p>
    </ConfirmDialog>
  );
}
