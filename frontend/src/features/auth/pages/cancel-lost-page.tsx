import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { ApiError } from '@/lib/api/error';
import { useAppForm } from '@/lib/form';
import { dropToken, heldToken } from '@/lib/one-time-token';
import { AuthLayout } from '../components/auth-layout';
import { Outcome } from '../components/outcome';
import { useCancelLostFactor } from '../recovery-api';
import { t } from '../recovery-t';
import classes from './auth-pages.module.css';

function isDead(error: unknown): boolean {
  return error instanceof ApiError && [404, 409, 410, 422].includes(error.status);
}

function CancelForm({ token }: { token: string }) {
  const cancel = useCancelLostFactor();
  const form = useAppForm<Record<string, unknown>>({ schema: () => ({}), initialValues: {} });
  const submit = async () => {
    await cancel.mutateAsync(token);
    dropToken(paths.cancelFactorReset);
  };
  if (cancel.isSuccess) {
    return (
      <Outcome title={t('cancel.doneTitle')} texts={[t('cancel.done')]}>
        <ButtonLink to={paths.recover} variant="primary">
          {t('cancel.change')}
        </ButtonLink>
      </Outcome>
    );
  }
  if (isDead(cancel.error)) {
    return (
      <Outcome title={t('cancel.deadTitle')} texts={[t('cancel.dead')]}>
        <ButtonLink to={paths.recover}>{t('cancel.change')}</ButtonLink>
      </Outcome>
    );
  }
  return (
    <>
      <PageTitle title={t('cancel.title')} className={classes.title} />
      <p className={classes.subtitle}>{t('cancel.text')}</p>
      {/* A press, not the opening of the page: whatever reads mails ahead of people opens links too. */}
      <Form form={form} onSubmit={submit} className={classes.form}>
        <Button type="submit" variant="primary" size="l" fullWidth loading={cancel.isPending}>
          {t('cancel.submit')}
        </Button>
      </Form>
    </>
  );
}

/** Where the notice leads that a second factor is going to be taken away. */
export function CancelLostPage() {
  const [token] = useState(() => heldToken(paths.cancelFactorReset));
  return (
    <AuthLayout>
      {token === undefined ? (
        <Outcome title={t('noTokenTitle')} texts={[t('noToken')]} />
      ) : (
        <CancelForm token={token} />
      )}
    </AuthLayout>
  );
}
