import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { t as common } from '@/lib/t';
import { t } from '../t';
import classes from './publish-dialog.module.css';

interface PublishDialogProps {
  /** What was typed will be saved first. */
  hasChanges: boolean;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Names what publishing does before it is done: it cannot be taken back. */
export function PublishDialog({ hasChanges, busy, onConfirm, onClose }: PublishDialogProps) {
  const footer = (
    <>
      <Button variant="ghost" onClick={onClose}>
        {common('actions.cancel')}
      </Button>
      <Button variant="primary" data-autofocus loading={busy} onClick={onConfirm}>
        {t('publish.submit')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={onClose} title={t('publish.title')} size="s" footer={footer}>
      <p className={classes.text}>{t('publish.text')}</p>
      {hasChanges && <p className={classes.text}>{t('publish.pending')}</p>}
    </Dialog>
  );
}
