import { IconFingerprint, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { asWhole } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { field, useAppForm } from '@/lib/form';
import { canUsePasskeys } from '@/lib/passkey-able';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { useUnlock, type Way } from '../api';
import { t } from '../t';
import classes from './lock-screen.module.css';

interface ProofValues extends Record<string, unknown> {
  pin: string;
  password: string;
}

const EMPTY: ProofValues = { pin: '', password: '' };
const LABELS = { pin: 'usePin', password: 'usePassword', passkey: 'usePasskey' } as const;

/** Says why it stays locked. */
function explain(error: unknown): string {
  if (error instanceof Error && error.name === 'PasskeyGivenUp') return t('passkeyGivenUp');
  return describeError(error).message;
}

function ProofForm({ way }: { way: Way }) {
  const { user } = useMe();
  const unlock = useUnlock();
  const schema = (values: ProofValues): Record<string, string> =>
    way !== 'passkey' && values[way] === '' ? { [way]: common('form.required') } : {};
  const form = useAppForm<ProofValues>({ schema, initialValues: EMPTY, judgesOnLeaving: false });
  const submit = async (values: ProofValues) => {
    const text = way === 'passkey' ? '' : values[way];
    form.setValues(EMPTY);
    try {
      await unlock.mutateAsync({ way, text });
    } catch (error) {
      throw asWhole(error);
    }
  };
  const isPin = way === 'pin';
  return (
    <Form form={form} onSubmit={submit} explain={explain} className={classes.form}>
      <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
      {way !== 'passkey' && (
        <PasswordField
          label={t(isPin ? 'pin' : 'password')}
          inputMode={isPin ? 'numeric' : undefined}
          autoComplete={isPin ? 'off' : 'current-password'}
          autoFocus
          size="l"
          {...field(form, way)}
        />
      )}
      <Button
        type="submit"
        variant="primary"
        size="l"
        fullWidth
        autoFocus={way === 'passkey'}
        loading={unlock.isPending}
        icon={way === 'passkey' ? <IconFingerprint aria-hidden /> : <IconLockOpen stroke={1.7} aria-hidden />}
      >
        {t(way === 'passkey' ? 'usePasskey' : 'submit')}
      </Button>
    </Form>
  );
}

/** The ways that this person has on this browser. */
function useWays(): readonly Way[] {
  const { has_pin, factor } = useMe();
  const hasPasskey = factor.methods.includes('passkey') && canUsePasskeys();
  return [...(has_pin ? (['pin'] as const) : []), 'password', ...(hasPasskey ? (['passkey'] as const) : [])];
}

/** PIN, password or passkey: whoever was here proves that she is back. */
export function UnlockForm() {
  const ways = useWays();
  const [way, setWay] = useState<Way>(ways[0] ?? 'password');
  const others = ways.filter((one) => one !== way);
  return (
    <>
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
    </>
  );
}
