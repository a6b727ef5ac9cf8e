import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { isCode } from '@/lib/api/error';
import { useAppForm } from '@/lib/form';
import { dropToken, heldToken } from '@/lib/one-time-token';
import { t as common } from '@/lib/t';
import { AuthLayout } from '../components/auth-layout';
import { NewPasswordField, SHORTEST } from '../components/new-password-field';
import { Outcome } from '../components/outcome';
import { useReset } from '../recovery-api';
import { t } from '../recovery-t';
import classes from './auth-pages.module.css';

interface ResetValues extends Record<string, unknown> {
  password: string;
}

function check({ password }: ResetValues): Record<string, string> {
  if (password === '') return { password: common('form.required') };
  return [...password].length < SHORTEST ? { password: t('strength.short') } : {};
}

function DeadLink({ title, text }: { title: string; text: string }) {
  return (
    <Outcome title={title} texts={[text]}>
      <ButtonLink to={paths.recover} variant="primary">
        {t('reset.again')}
      </ButtonLink>
    </Outcome>
  );
}

function ResetForm({ token }: { token: string }) {
  const reset = useReset();
  const form = useAppForm<ResetValues>({ schema: check, initialValues: { password: '' } });
  const submit = async ({ password }: ResetValues) => {
    await reset.mutateAsync({ token, password });
    dropToken(paths.reset);
  };
  if (reset.isSuccess) {
    return (
      <Outcome title={t('reset.doneTitle')} texts={[t('reset.done')]}>
        <ButtonLink to={paths.signIn} variant="primary">
          {t('toSignIn')}
        </ButtonLink>
      </Outcome>
    );
  }
  if (isCode(reset.error, 'auth.reset_invalid')) {
    return <DeadLink title={t('reset.deadTitle')} text={t('reset.dead')} />;
  }
  return (
    <>
      <PageTitle title={t('reset.title')} className={classes.title} />
      <p className={classes.subtitle}>{t('reset.text')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <NewPasswordField form={form} label={t('reset.password')} />
        <Button type="submit" variant="primary" size="l" fullWidth loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
      </Form>
    </>
  );
}

/** Where the link of a forgotten password leads. */
export function ResetPage() {
  const [token] = useState(() => heldToken(paths.reset));
  return (
    <AuthLayout>
      {token === undefined ? (
        <DeadLink title={t('noTokenTitle')} text={t('noToken')} />
      ) : (
        <ResetForm token={token} />
      )}
    </AuthLayout>
  );
}
