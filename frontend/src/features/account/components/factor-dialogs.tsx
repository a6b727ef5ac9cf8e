import { useId } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextField } from '@/components/ui/text-field';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { useAddPasskey, useDisableTotp, useNewCodes, useRemovePasskey, type Passkey } from '../api';
import { t } from '../t';
import classes from './account.module.css';

interface ClosingProps {
  onClose: () => void;
}

interface WithCodes extends ClosingProps {
  onCodes: (codes: readonly string[]) => void;
}

/** Takes the authenticator app away. */
export function DisableDialog({ onClose }: ClosingProps) {
  const disable = useDisableTotp();
  const confirm = async () => {
    await disable.mutateAsync();
    showToast({ tone: 'success', message: t('disabling.done') });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('disabling.title')}
      confirm={t('disabling.submit')}
      variant="danger"
      loading={disable.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>{t('disabling.text')}</p>
    </ConfirmDialog>
  );
}

/** New recovery codes in the place of the former ones. */
export function RenewDialog({ onCodes, onClose }: WithCodes) {
  const renew = useNewCodes();
  const confirm = async () => {
    onCodes(await renew.mutateAsync());
  };
  return (
    <ConfirmDialog
      title={t('renewing.title')}
      confirm={t('renewing.submit')}
      loading={renew.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>{t('renewing.text')}</p>
    </ConfirmDialog>
  );
}

/** Says why the browser made no passkey; undefined leaves the server's words. */
function explain(error: unknown): string | undefined {
  if (error instanceof Error && error.name === 'PasskeyGivenUp') return t('passkeys.givenUp');
  return error instanceof DOMException ? t('passkeys.failed') : undefined;
}

interface NameValues extends Record<string, unknown> {
  name: string;
}

/** Makes a passkey: its name first, then the browser's own question. */
export function PasskeyDialog({ onCodes, onClose }: WithCodes) {
  const id = useId();
  const add = useAddPasskey();
  const form = useAppForm<NameValues>({
    schema: ({ name }): Record<string, string> => (name.trim() === '' ? { name: common('form.required') } : {}),
    initialValues: { name: '' },
  });
  const submit = async ({ name }: NameValues) => {
    const codes = await add.mutateAsync(name.trim());
    showToast({ tone: 'success', message: t('passkeys.added') });
    onCodes(codes);
  };
  const footer = <FormFooter form={id} submit={t('passkeys.submit')} loading={add.isPending} onCancel={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('passkeys.addTitle')} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={submit} explain={explain} className={classes.form}>
        <TextField label={t('passkeys.name')} hint={t('passkeys.nameHint')} data-autofocus {...field(form, 'name')} />
      </Form>
    </Dialog>
  );
}

/** Takes a passkey away. */
export function RemovePasskeyDialog({ passkey, onClose }: ClosingProps & { passkey: Passkey }) {
  const remove = useRemovePasskey();
  const confirm = async () => {
    await remove.mutateAsync(passkey.id);
    showToast({ tone: 'success', message: t('passkeys.removed') });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('passkeys.removeTitle', { name: passkey.name })}
      confirm={t('passkeys.remove')}
      variant="danger"
      loading={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>{t('passkeys.removeText')}</p>
    </ConfirmDialog>
  );
}
