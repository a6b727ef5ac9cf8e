import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { SignedIn } from '@/lib/api/types';
import { field, useAppForm } from '@/lib/form';
import { patiently } from '@/lib/patiently';
import { AuthLayout } from '../components/auth-layout';
import { PasskeyEntry } from '../components/passkey-entry';
import { checkSignIn, explainSignIn, type SignInValues } from '../sign-in';
import { t } from '../t';
import { useSteps } from '../use-steps';
import classes from './auth-pages.module.css';

// What comes after the password is not carried by the page that asks for it.
const SecondPart = lazy(async () => ({
  default: (await patiently(() => import('../components/second-part'))).SecondPart,
}));
const ClinicChoice = lazy(async () => ({
  default: (await patiently(() => import('../components/clinic-choice'))).ClinicChoice,
}));

function greeting(hour: number): string {
  if (hour >= 5 && hour < 12) return t('greeting.morning');
  return hour >= 12 && hour < 19 ? t('greeting.afternoon') : t('greeting.evening');
}

interface FirstStepProps {
  isPending: boolean;
  onPassword: (values: SignInValues) => Promise<void>;
  onPasskey: () => Promise<void>;
}

function FirstStep({ isPending, onPassword, onPasskey }: FirstStepProps) {
  const form = useAppForm<SignInValues>({ schema: checkSignIn, initialValues: { email: '', password: '' } });
  return (
    <>
      <PageTitle title={greeting(new Date().getHours())} documentTitle={t('signIn.document')} className={classes.title} />
      <p className={classes.subtitle}>{t('signIn.subtitle')}</p>
      <Form form={form} onSubmit={onPassword} explain={explainSignIn} className={classes.form}>
        <TextField
          label={t('signIn.email')}
          type="email"
          inputMode="email"
          autoComplete="username webauthn"
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
          loading={isPending}
          iconRight={<IconArrowRight aria-hidden />}
        >
          {t('signIn.submit')}
        </Button>
      </Form>
      <PasskeyEntry isPending={isPending} onPasskey={onPasskey} />
      <p className={classes.ways}>
        <TextLink to={paths.recover}>{t('signIn.forgot')}</TextLink>
        <TextLink to={paths.register}>{t('signIn.create')}</TextLink>
      </p>
      <p className={classes.note}>{t('signIn.secondNote')}</p>
    </>
  );
}

/** Sign-in with password and second factor, or with a passkey; afterwards the page that was asked for opens. */
export function SignInPage() {
  const navigate = useNavigate();
  const { next } = useSearch({ from: paths.signIn });
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const goOn = () => navigate({ href: next ?? paths.home, replace: true });
  const steps = useSteps({
    onDone: async (session) => {
      if ((session.clinics?.length ?? 0) > 1) setSignedIn(session);
      else await goOn();
    },
  });
  return (
    <AuthLayout>
      {steps.methods === undefined && signedIn === undefined ? (
        <FirstStep isPending={steps.isPending} onPassword={steps.withPassword} onPasskey={steps.withPasskey} />
      ) : (
        <Suspense fallback={null}>
          {signedIn ? (
            <ClinicChoice signedIn={signedIn} onStay={goOn} />
          ) : (
            <SecondPart
              methods={steps.methods ?? []}
              isPending={steps.isPending}
              onCode={steps.withCode}
              onPasskey={steps.withPasskey}
              onBack={steps.back}
            />
          )}
        </Suspense>
      )}
    </AuthLayout>
  );
}
