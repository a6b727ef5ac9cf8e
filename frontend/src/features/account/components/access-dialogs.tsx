import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { PasswordField } from '@/components/ui/password-field';
import { field, useAppForm } from '@/lib/form';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { useChangePassword, useSetPin } from '../api';
import { t } from '../t';
import classes from './account.module.css';

/** The shortest password that may be, with a second factor; the server judges the rest. */
const SHORTEST_PASSWORD = 10;
const PIN = /^\d{4,8}$/;

interface PasswordValues extends Record<string, unknown> {
  current_password: string;
  password: string;
}

function checkPasswords({ current_password: current, password }: PasswordValues): Record<string, string> {
  return {
    ...(current === '' && { current_password: common('form.required') }),
    ...([...password].length < SHORTEST_PASSWORD && { password: t('password.short') }),
  };
}

/** Changes the password: the current one is the proof. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const { user } = useMe();
  const change = useChangePassword();
  const form = useAppForm<PasswordValues>({
    schema: checkPasswords,
    initialValues: { current_password: '', password: '' },
  });
  const submit = async ({ current_password, password }: PasswordValues) => {
    await change.mutateAsync({ current_password, password });
    showToast({ tone: 'success', message: t('password.done') });
    onClose();
  };
  const footer = <FormFooter form={id} submit={t('password.submit')} loading={change.isPending} onCancel={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('password.title')} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        {/* Lets the password manager find the right entry; the person is fixed. */}
        <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
        <PasswordField
          label={t('password.current')}
          autoComplete="current-password"
          data-autofocus
          {...field(form, 'current_password')}
        />
        <PasswordField
          label={t('password.next')}
          hint={t('password.hint')}
          autoComplete="new-password"
          {...field(form, 'password')}
        />
      </Form>
    </Dialog>
  );
}

interface PinValues extends Record<string, unknown> {
  pin: string;
}

/** Chooses the PIN that uncovers a locked page. */
export function PinDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const set = useSetPin();
  const form = useAppForm<PinValues>({
    schema: ({ pin }): Record<string, string> => (PIN.test(pin) ? {} : { pin: t('pin.format') }),
    initialValues: { pin: '' },
  });
  const submit = async ({ pin }: PinValues) => {
    await set.mutateAsync(pin);
    showToast({ tone: 'success', message: t('pin.done') });
    onClose();
  };
  const footer = <FormFooter form={id} submit={t('pin.submit')} loading={set.isPending} onCancel={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('pin.title')} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('pin.text')}</p>
        <PasswordField
          label={t('pin.field')}
          hint={t('pin.hint')}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          {...field(form, 'pin')}
        />
      </Form>
    </Dialog>
  );
}
