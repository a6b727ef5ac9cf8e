import { useCallback, useEffect, useRef, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { useDocumentTitle } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { ApiError } from '@/lib/api/error';
import { dropToken, heldToken } from '@/lib/one-time-token';
import { AuthLayout } from '../components/auth-layout';
import { Outcome } from '../components/outcome';
import { useResendVerification, useVerifyEmail } from '../recovery-api';
import { t } from '../recovery-t';

function Resend({ title, text }: { title: string; text: string }) {
  const resend = useResendVerification();
  if (resend.isSuccess) return <Outcome key="sent" title={t('verify.sentTitle')} texts={[t('verify.sent')]} />;
  return (
    <Outcome title={title} texts={[text]}>
      <Button
        variant="primary"
        loading={resend.isPending}
        onClick={() => {
          resend.mutate();
        }}
      >
        {t('verify.again')}
      </Button>
    </Outcome>
  );
}

function Verification({ token }: { token: string }) {
  const { mutate, isSuccess, error } = useVerifyEmail();
  const begun = useRef(false);
  const verify = useCallback(() => {
    mutate(token, {
      onSuccess: () => {
        dropToken(paths.verifyEmail);
      },
    });
  }, [mutate, token]);
  useEffect(() => {
    // Once, however often the effect runs: the token serves once.
    if (begun.current) return;
    begun.current = true;
    verify();
  }, [verify]);
  if (isSuccess) {
    return (
      <Outcome title={t('verify.doneTitle')} texts={[t('verify.done')]}>
        <ButtonLink to={paths.home} variant="primary">
          {t('verify.home')}
        </ButtonLink>
      </Outcome>
    );
  }
  if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
    return <Resend title={t('verify.deadTitle')} text={t('verify.dead')} />;
  }
  if (error !== null) return <ErrorState error={error} onRetry={verify} />;
  return <SkeletonRows />;
}

/** Where the link that proves an address leads; the person is signed in, the link alone proves nothing. */
export function VerifyEmailPage() {
  useDocumentTitle(t('verify.title'));
  // Kept: the token is forgotten once it is used, and the page goes on saying that it was.
  const [token] = useState(() => heldToken(paths.verifyEmail));
  return (
    <AuthLayout>
      {token === undefined ? (
        <Resend title={t('noTokenTitle')} text={t('noToken')} />
      ) : (
        <Verification token={token} />
      )}
    </AuthLayout>
  );
}
