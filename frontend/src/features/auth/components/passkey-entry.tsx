import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { canUsePasskeys } from '@/lib/passkey-able';
import { t } from '../t';
import classes from './passkey-entry.module.css';

interface PasskeyEntryProps {
  isPending: boolean;
  onPasskey: () => Promise<void>;
}

/** Says why a passkey was not taken; the words travel with what uses them. */
async function explain(error: unknown): Promise<string> {
  const { explainPasskeyEntry } = await import('../explain-passkey');
  return explainPasskeyEntry(error);
}

/** Sign-in without a password, where the browser has passkeys. */
export function PasskeyEntry({ isPending, onPasskey }: PasskeyEntryProps) {
  const oneAtATime = useOneAtATime();
  const [message, setMessage] = useState<string>();
  if (!canUsePasskeys()) return null;
  const press = () => {
    oneAtATime(async () => {
      setMessage(undefined);
      try {
        await onPasskey();
      } catch (error) {
        setMessage(await explain(error));
      }
    });
  };
  return (
    <div className={classes.entry}>
      <Button size="l" fullWidth loading={isPending} onClick={press}>
        {t('signIn.passkey')}
      </Button>
      {message !== undefined && (
        <p role="alert" className={classes.error}>
          {message}
        </p>
      )}
    </div>
  );
}
