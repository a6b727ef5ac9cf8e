import { IconLock } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import type { Prescription } from '@/lib/prescriptions';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { t } from '../t';
import classes from './dialogs.module.css';

/** The proof that the signer is who she is; nothing of it is kept. */
interface ProofValues extends Record<string, unknown> {
  password: string;
}

function checkProof({ password }: ProofValues): Record<string, string> {
  return password === '' ? { password: common('form.required') } : {};
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={classes.lines}>
      {lines.map((line, index) => (
        <li key={`${String(index)} ${line}`}>{line}</li>
      ))}
    </ul>
  );
}

/** What is about to be signed, in few words. */
function Summary({ patient, prescription }: { patient: string; prescription: Prescription }) {
  const { user } = useMe();
  const reasons = prescription.alerts.flatMap(({ acknowledged, kind }) =>
    acknowledged ? [`${t(`chips.${kind}`)}: ${acknowledged.reason}`] : [],
  );
  const signer = user.license_number
    ? t('signing.license', { name: user.full_name, license: user.license_number })
    : user.full_name;
  return (
    <dl className={classes.facts}>
      <dt>{t('signing.patient')}</dt>
      <dd>{patient}</dd>
      <dt>{t('signing.medicines')}</dt>
      <dd>
        <Lines lines={prescription.items.map(({ generic_name: name, dose, frequency }) => [name, dose, frequency.toLocaleLowerCase('es-MX')].join(', '))} />
      </dd>
      {reasons.length > 0 && (
        <>
          <dt>{t('signing.reasons')}</dt>
          <dd>
            <Lines lines={reasons} />
          </dd>
        </>
      )}
      <dt>{t('signing.by')}</dt>
      <dd>{signer}</dd>
    </dl>
  );
}

interface SignDialogProps {
  patient: string;
  prescription: Prescription;
  /** Signs with this password; throws what the server says. The key makes two presses one act. */
  onSign: (password: string, key: string) => Promise<void>;
  isSigning: boolean;
  onClose: () => void;
}

/** Asks for the password over what is about to be signed. A wrong one keeps everything as it is. */
export function SignDialog({ patient, prescription, onSign, isSigning, onClose }: SignDialogProps) {
  const { user } = useMe();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<ProofValues>({ schema: checkProof, initialValues: { password: '' } });
  const submit = async ({ password }: ProofValues) => {
    try {
      await onSign(password, key);
    } catch (error) {
      renew();
      throw error;
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('signing.title')} icon={<IconLock stroke={1.7} aria-hidden />}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <Summary patient={patient} prescription={prescription} />
        <p className={classes.text}>{t('signing.text')}</p>
        {/* Lets the password manager find the right entry; the person is fixed. */}
        <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
        <PasswordField
          label={t('signing.password')}
          autoComplete="current-password"
          data-autofocus
          {...field(form, 'password')}
        />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={isSigning} icon={<IconLock stroke={1.7} aria-hidden />}>
            {t('signing.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
