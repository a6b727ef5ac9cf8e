import { useId } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextField } from '@/components/ui/text-field';
import { asWhole } from '@/lib/api/error';
import { field, useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useEnableTotp, type TotpSetup } from '../api';
import { t } from '../t';
import classes from './account.module.css';

interface CodeValues extends Record<string, unknown> {
  code: string;
}

const SIX_DIGITS = /^\d{6}$/;

/** People paste codes with spaces. */
function bare(code: string): string {
  return code.replace(/\s/g, '');
}

/** The secret in groups of four, as it is read aloud and typed. */
function spaced(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The secret as a drawing and as letters. The drawing comes from the server and is shown as an image. */
function Secret({ setup }: { setup: TotpSetup }) {
  return (
    <>
      <p className={classes.text}>{t('totp.scan')}</p>
      <img className={classes.qr} alt={t('totp.qr')} src={`data:image/svg+xml,${encodeURIComponent(setup.qr_svg)}`} />
      <p className={classes.text}>
        {t('totp.typed')} <span className={classes.mono}>{spaced(setup.secret)}</span>
        <CopyButton value={setup.secret} what={t('totp.secret')} />
      </p>
    </>
  );
}

interface TotpDialogProps {
  setup: TotpSetup;
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}

/** Joins an authenticator app: its code proves that it has the secret. */
export function TotpDialog({ setup, onCodes, onClose }: TotpDialogProps) {
  const id = useId();
  const enable = useEnableTotp();
  const form = useAppForm<CodeValues>({
    schema: ({ code }): Record<string, string> => (SIX_DIGITS.test(bare(code)) ? {} : { code: t('totp.sixDigits') }),
    initialValues: { code: '' },
  });
  const submit = async ({ code }: CodeValues) => {
    try {
      const codes = await enable.mutateAsync(bare(code));
      showToast({ tone: 'success', message: t('totp.done') });
      onCodes(codes);
    } catch (error) {
      throw asWhole(error);
    }
  };
  const footer = <FormFooter form={id} submit={t('totp.submit')} loading={enable.isPending} onCancel={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('totp.title')} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <Secret setup={setup} />
        <TextField
          label={t('totp.code')}
          hint={t('totp.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          identifier
          data-autofocus
          {...field(form, 'code')}
        />
      </Form>
    </Dialog>
  );
}
