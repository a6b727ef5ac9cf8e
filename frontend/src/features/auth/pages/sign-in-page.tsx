import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { field, useAppForm } from '@/lib/form';
import { useSignIn } from '../api';
import { AuthLayout } from '../components/auth-layout';
import { checkSignIn, explainSignIn, type SignInValues } from '../sign-in';
import { t } from '../t';
import classes from './auth-pages.module.css';

function greeting(hour: number): string {
  if (hour >= 5 && hour < 12) return t('greeting.morning');
  return hour >= 12 && hour < 19 ? t('greeting.afternoon') : t('greeting.evening');
}

/** Sign-in with e-mail and password; afterwards the page that was asked for opens. */
export function SignInPage() {
  const navigate = useNavigate();
  const { next } = useSearch({ from: paths.signIn });
  const signIn = useSignIn();
  const form = useAppForm<SignInValues>({ schema: checkSignIn, initialValues: { email: '', password: '' } });
  const submit = async (values: SignInValues) => {
    await signIn.mutateAsync({ email: values.email.trim(), password: values.password });
    await navigate({ href: next ?? paths.home, replace: true });
  };
  return (
    <AuthLayout>
      <PageTitle title={greeting(new Date().getHours())} documentTitle={t('signIn.document')} className={classes.title} />
      <p className={classes.subtitle}>{t('signIn.subtitle')}</p>
      <Form form={form} onSubmit={submit} explain={explainSignIn} className={classes.form}>
        <TextField
          label={t('signIn.email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          size="l"
          {...field(form, 'email')}
        />
        <PasswordField
          label={t('signIn.password')}
          autoComplete="current-password"
          size="l"
          {...field(form, 'password')}
        />
        <Button
          type="submit"
          variant="primary"
          size="l"
          fullWidth
          loading={signIn.isPending}
          iconRight={<IconArrowRight aria-hidden />}
        >
          {t('signIn.submit')}
        </Button>
      </Form>
      <p className={classes.after}>
        <TextLink to={paths.register}>{t('signIn.create')}</TextLink>
      </p>
    </AuthLayout>
  );
}
