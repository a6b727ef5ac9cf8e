import { IconCopy } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showToast } from '@/lib/toast';
import type { Invited } from '../api';
import { t } from '../t';
import classes from './staff.module.css';

/** That the mail left, and the link to give by another way, which is shown this once. */
export function InvitedDialog({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const { email, invitation_url: url } = invited;
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    showToast({ tone: 'success', message: t('invited.copied') });
  };
  const footer = (
    <>
      <Button icon={<IconCopy stroke={1.7} aria-hidden />} onClick={() => void copy()}>
        {t('invited.copy')}
      </Button>
      <Button variant="primary" onClick={onClose}>
        {t('invited.done')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={onClose} title={t('invited.title')} footer={footer}>
      <div className={classes.form}>
        <p className={classes.text}>
          {email === undefined ? t('invited.textNoEmail') : t('invited.text', { email })}
        </p>
        <p className={classes.link} aria-label={t('invited.link')} role="group">
          {url}
        </p>
      </div>
    </Dialog>
  );
}
