import { Button, ButtonLink } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { field, useAppForm } from '@/lib/form';
import { AuthLayout } from '../components/auth-layout';
import { Outcome } from '../components/outcome';
import { useForgot } from '../recovery-api';
import { t } from '../recovery-t';
import { checkEmail } from '../sign-in';
import classes from './auth-pages.module.css';

interface RecoverValues extends Record<string, unknown> {
  email: string;
}

/** A forgotten password: the same answer for every address. */
export function RecoverPage() {
  const forgot = useForgot();
  const form = useAppForm<RecoverValues>({ schema: checkEmail, initialValues: { email: '' } });
  const submit = async ({ email }: RecoverValues) => {
    await forgot.mutateAsync(email.trim());
  };
  if (forgot.isSuccess) {
    return (
      <AuthLayout>
        <Outcome title={t('recover.doneTitle')} texts={[t('recover.done'), t('recover.factor')]}>
          <ButtonLink to={paths.signIn}>{t('toSignIn')}</ButtonLink>
        </Outcome>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout>
      <PageTitle title={t('recover.title')} className={classes.title} />
      <p className={classes.subtitle}>{t('recover.text')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          size="l"
          {...field(form, 'email')}
        />
        <Button type="submit" variant="primary" size="l" fullWidth loading={forgot.isPending}>
          {t('recover.submit')}
        </Button>
      </Form>
      <p className={classes.ways}>
        <TextLink to={paths.signIn}>{t('recover.back')}</TextLink>
        <TextLink to={paths.lostFactor}>{t('recover.lost')}</TextLink>
      </p>
    </AuthLayout>
  );
}
