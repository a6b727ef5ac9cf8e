import { IconLock } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { Logo } from '@/components/ui/logo';
import { PasswordField } from '@/components/ui/password-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { User } from '@/lib/api/types';
import { field, useAppForm } from '@/lib/form';
import { initials } from '@/lib/format';
import { patiently } from '@/lib/patiently';
import { useMe } from '@/lib/session';
import { checkSignIn, explainSignIn, type SignInValues } from '../sign-in';
import { t } from '../t';
import { useSteps } from '../use-steps';
import classes from './session-dialog.module.css';

// Whoever has a passkey is offered it.
const PasskeyEntry = lazy(async () => ({ default: (await patiently(() => import('./passkey-entry'))).PasskeyEntry }));
const SecondStep = lazy(async () => ({ default: (await patiently(() => import('./second-step'))).SecondStep }));

interface PasswordAgainProps {
  user: User;
  isPending: boolean;
  onPassword: (values: SignInValues) => Promise<void>;
}

function PasswordAgain({ user, isPending, onPassword }: PasswordAgainProps) {
  const form = useAppForm<SignInValues>({
    schema: checkSignIn,
    initialValues: { email: user.email, password: '' },
  });
  return (
    <Form form={form} onSubmit={onPassword} explain={explainSignIn} className={classes.form}>
      {/* Lets the password manager find the right entry; the person is fixed. */}
      <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
      <PasswordField
        label={t('session.password')}
        autoComplete="current-password"
        data-autofocus
        {...field(form, 'password')}
      />
      <Button type="submit" variant="primary" fullWidth loading={isPending} icon={<IconLock stroke={1.7} aria-hidden />}>
        {t('session.submit')}
      </Button>
    </Form>
  );
}

/** The person of this page signs in again, in the clinic of this page, and what waits goes on. */
export function SignInAgain({ ended }: { ended: boolean }) {
  const { user, clinic, factor } = useMe();
  const steps = useSteps({ userId: user.id, clinicId: clinic.id, onDone: () => undefined });
  return (
    <>
      <p className={classes.text}>{ended ? t('session.text') : t('session.endingText')}</p>
      <p className={classes.user}>
        <Avatar size="s" initials={initials(user.full_name)} seed={user.id} />
        {user.email}
      </p>
      {steps.methods === undefined ? (
        <>
          <PasswordAgain user={user} isPending={steps.isPending} onPassword={steps.withPassword} />
          {factor.methods.includes('passkey') && (
            <Suspense fallback={null}>
              <PasskeyEntry isPending={steps.isPending} onPasskey={steps.withPasskey} />
            </Suspense>
          )}
        </>
      ) : (
        <Suspense fallback={null}>
          <SecondStep
            methods={steps.methods}
            isPending={steps.isPending}
            onCode={steps.withCode}
            onPasskey={steps.withPasskey}
          />
        </Suspense>
      )}
    </>
  );
}

interface SessionDialogProps {
  /** Whether the session is over; otherwise it soon will be, and the person may close the dialog. */
  ended: boolean;
  onClose: () => void;
}

/** Over the page, when the session has ended or is about to: the same person signs in and goes on. */
export function SessionDialog({ ended, onClose }: SessionDialogProps) {
  const title = ended ? t('session.title') : t('session.endingTitle');
  return (
    <Dialog mustAnswer={ended} opened onClose={onClose} title={title} icon={<Logo size={28} />} size="s">
      <SignInAgain ended={ended} />
      {ended && (
        <p className={classes.other}>
          {/* In a tab of its own, so that nothing on this page is discarded. */}
          <TextLink to={paths.signIn} target="_blank">
            {t('session.other')}
          </TextLink>
        </p>
      )}
    </Dialog>
  );
}
