import { IconLock } from '@tabler/icons-react';
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
import { useMe } from '@/lib/session';
import { useSignIn } from '../api';
import { checkSignIn, explainSignIn, type SignInValues } from '../sign-in';
import { t } from '../t';
import classes from './session-dialog.module.css';

function SignInAgain({ user, ended }: { user: User; ended: boolean }) {
  const signIn = useSignIn(user.id);
  const form = useAppForm<SignInValues>({
    schema: checkSignIn,
    initialValues: { email: user.email, password: '' },
  });
  const submit = async (values: SignInValues) => {
    await signIn.mutateAsync(values);
  };
  return (
    <>
      <p className={classes.text}>{ended ? t('session.text') : t('session.endingText')}</p>
      <p className={classes.user}>
        <Avatar size="s" initials={initials(user.full_name)} seed={user.id} />
        {user.email}
      </p>
      <Form form={form} onSubmit={submit} explain={explainSignIn} className={classes.form}>
        {/* Lets the password manager find the right entry; the person is fixed. */}
        <input
          readOnly
          aria-hidden
          tabIndex={-1}
          className="visually-hidden"
          autoComplete="username"
          value={user.email}
        />
        <PasswordField
          label={t('session.password')}
          autoComplete="current-password"
          data-autofocus
          {...field(form, 'password')}
        />
        <Button
          type="submit"
          variant="primary"
          fullWidth
          loading={signIn.isPending}
          icon={<IconLock stroke={1.7} aria-hidden />}
        >
          {t('session.submit')}
        </Button>
      </Form>
      {ended && (
        <p className={classes.other}>
          {/* In a tab of its own, so that nothing on this page is discarded. */}
          <TextLink to={paths.signIn} target="_blank">
            {t('session.other')}
          </TextLink>
        </p>
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
  const { user } = useMe();
  const title = ended ? t('session.title') : t('session.endingTitle');
  return (
    <Dialog mustAnswer={ended} opened onClose={onClose} title={title} icon={<Logo size={28} />} size="s">
      <SignInAgain user={user} ended={ended} />
    </Dialog>
  );
}
