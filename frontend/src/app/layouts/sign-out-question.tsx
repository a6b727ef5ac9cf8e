import { lazy, Suspense } from 'react';
import { Button } from '@/components/ui/button';
import { t } from '../t';
import { useEnding, useSignOutQuestion } from './sign-out';

const Dialog = lazy(async () => ({ default: (await import('@/components/ui/dialog')).Dialog }));

/** Asks before a sign-out that would lose text which could not be sent. */
export function SignOutQuestion() {
  const { count, settle } = useSignOutQuestion();
  const end = useEnding();
  if (count === 0) return null;
  const footer = (
    <>
      <Button
        variant="danger-text"
        onClick={() => {
          settle();
          end();
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
    <Suspense fallback={null}>
      <Dialog opened onClose={settle} title={t('signOut.title')} size="s" footer={footer}>
        <p>{t('signOut.text', { count })}</p>
      </Dialog>
    </Suspense>
  );
}
