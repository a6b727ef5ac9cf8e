import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { t } from '../t';
import { useSignOutQuestion } from './sign-out';

/** Asks before a sign-out that would lose text which could not be sent. */
export function SignOutQuestion({ onEnd }: { onEnd: () => void }) {
  const { count, settle } = useSignOutQuestion();
  const footer = (
    <>
      <Button
        variant="danger-text"
        onClick={() => {
          settle();
          onEnd();
        }}
      >
        {t('signOut.lose')}
      </Button>
      <Button variant="primary" data-autofocus onClick={settle}>
        {t('signOut.stay')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={settle} title={t('signOut.title')} size="s" footer={footer}>
      <p>{t('signOut.text', { count })}</p>
    </Dialog>
  );
}
