import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { isCode, isStatus } from '@/lib/api/error';
import { proofGate } from '@/lib/api/proof-gate';
import { describeError } from '@/lib/errors';
import { field, useAppForm } from '@/lib/form';
import type { ProofInput } from '@/lib/passkey-proof';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { explainPasskey } from '../second-factor';
import { useReauthenticate } from '../steps-api';
import { t } from '../steps-t';
import classes from './proof-dialog.module.css';

type Way = 'password' | 'totp' | 'passkey';

interface ProofValues extends Record<string, unknown> {
  proof: string;
}

const EMPTY: ProofValues = { proof: '' };

function explain(error: unknown): string {
  const ofPasskey = explainPasskey(error);
  if (ofPasskey !== undefined) return ofPasskey;
  if (isCode(error, 'auth.invalid_code')) return t('second.wrong');
  return isStatus(error, 401) ? t('proof.wrongPassword') : describeError(error).message;
}

function inputOf(way: Way, text: string): ProofInput {
  if (way === 'passkey') return 'passkey';
  return way === 'password' ? { password: text } : { totp_code: text.trim() };
}

function ProofForm({ way }: { way: Way }) {
  const { user } = useMe();
  const prove = useReauthenticate();
  const check = ({ proof }: ProofValues): Record<string, string> =>
    way !== 'passkey' && proof.trim() === '' ? { proof: common('form.required') } : {};
  const form = useAppForm<ProofValues>({ schema: check, initialValues: EMPTY });
  const submit = async ({ proof }: ProofValues) => {
    await prove.mutateAsync(inputOf(way, proof));
    proofGate.settle(true);
  };
  const icon = way === 'passkey' ? <IconFingerprint stroke={1.7} aria-hidden /> : undefined;
  return (
    <Form form={form} onSubmit={submit} explain={explain} className={classes.form}>
      {/* Lets the password manager find the right entry; the person is fixed. */}
      <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
      {way === 'password' && (
        <PasswordField
          label={t('proof.password')}
          autoComplete="current-password"
          data-autofocus
          {...field(form, 'proof')}
        />
      )}
      {way === 'totp' && (
        <TextField
          label={t('second.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          identifier
          autoFocus
          {...field(form, 'proof')}
        />
      )}
      <Button type="submit" variant="primary" fullWidth icon={icon} loading={prove.isPending}>
        {t(way === 'passkey' ? 'second.passkey' : 'proof.submit')}
      </Button>
    </Form>
  );
}

const LABELS = { password: 'proof.usePassword', totp: 'second.useCode', passkey: 'second.passkey' } as const;

/**
 * Asks once for a fresh proof, for every request that waits for one; closing it gives those acts up.
 */
export function ProofDialog() {
  const { factor } = useMe();
  const [way, setWay] = useState<Way>('password');
  const others = (['password', 'totp', 'passkey'] as const).filter(
    (one) => one !== way && (one === 'password' || factor.methods.includes(one)),
  );
  return (
    <Dialog
      opened
      onClose={() => {
        proofGate.settle(false);
      }}
      title={t('proof.title')}
      size="s"
    >
      <p className={classes.text}>{t('proof.text')}</p>
      <ProofForm key={way} way={way} />
      {others.length > 0 && (
        <div className={classes.others}>
          {others.map((one) => (
            <Button
              key={one}
              variant="ghost"
              size="s"
              onClick={() => {
                setWay(one);
              }}
            >
              {t(LABELS[one])}
            </Button>
          ))}
        </div>
      )}
    </Dialog>
  );
}
