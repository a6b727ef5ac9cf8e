import { Button, ButtonLink } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { field, useAppForm } from '@/lib/form';
import { AuthLayout } from '../components/auth-layout';
import { Outcome } from '../components/outcome';
import { useLostFactor } from '../recovery-api';
import { t } from '../recovery-t';
import { checkSignIn, type SignInValues } from '../sign-in';
import classes from './auth-pages.module.css';

/** Asks that a second factor that was lost be taken away, where nobody else of the clinic can do it. */
export function LostFactorPage() {
  const lost = useLostFactor();
  const form = useAppForm<SignInValues>({ schema: checkSignIn, initialValues: { email: '', password: '' } });
  const submit = async ({ email, password }: SignInValues) => {
    await lost.mutateAsync({ email: email.trim(), password });
  };
  if (lost.isSuccess) {
    return (
      <AuthLayout>
        <Outcome title={t('lost.doneTitle')} texts={[t('lost.done'), t('lost.wait')]}>
          <ButtonLink to={paths.signIn}>{t('toSignIn')}</ButtonLink>
        </Outcome>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout>
      <PageTitle title={t('lost.title')} className={classes.title} />
      <p className={classes.subtitle}>{t('lost.text')}</p>
      <p className={classes.subtitle}>{t('lost.alone')}</p>
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
        <PasswordField
          label={t('lost.password')}
          autoComplete="current-password"
          size="l"
          {...field(form, 'password')}
        />
        <Button type="submit" variant="primary" size="l" fullWidth loading={lost.isPending}>
          {t('lost.submit')}
        </Button>
      </Form>
      <p className={classes.ways}>
        <TextLink to={paths.signIn}>{t('recover.back')}</TextLink>
      </p>
    </AuthLayout>
  );
}
