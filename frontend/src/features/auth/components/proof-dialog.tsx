import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { asWhole } from '@/lib/api/error';
import { proofGate } from '@/lib/api/proof-gate';
import { describeError } from '@/lib/errors';
import { field, useAppForm } from '@/lib/form';
import type { ProofInput } from '@/lib/passkey-proof';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { checkCode, explainPasskey } from '../second-factor';
import { useReauthenticate } from '../steps-api';
import { t } from '../steps-t';
import classes from './proof-dialog.module.css';

type Way = 'password' | 'totp' | 'passkey';

interface ProofValues extends Record<string, unknown> {
  password: string;
  totp_code: string;
}

const EMPTY: ProofValues = { password: '', totp_code: '' };

function explain(error: unknown): string {
  return explainPasskey(error) ?? describeError(error).message;
}

function check(way: Way, values: ProofValues): Record<string, string> {
  if (way === 'password') return values.password === '' ? { password: common('form.required') } : {};
  return way === 'totp' ? checkCode(way, values.totp_code) : {};
}

function inputOf(way: Way, { password, totp_code }: ProofValues): ProofInput {
  if (way === 'passkey') return 'passkey';
  return way === 'password' ? { password } : { totp_code: totp_code.trim() };
}

function ProofForm({ way }: { way: Way }) {
  const { user } = useMe();
  const prove = useReauthenticate();
  const schema = (values: ProofValues) => check(way, values);
  const form = useAppForm<ProofValues>({ schema, initialValues: EMPTY, judgesOnLeaving: false });
  const submit = async (values: ProofValues) => {
    try {
      await prove.mutateAsync(inputOf(way, values));
    } catch (error) {
      throw asWhole(error);
    }
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
          {...field(form, 'password')}
        />
      )}
      {way === 'totp' && (
        <TextField
          label={t('second.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          identifier
          autoFocus
          {...field(form, 'totp_code')}
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
