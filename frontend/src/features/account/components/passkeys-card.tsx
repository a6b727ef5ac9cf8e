import { useQuery } from '@tanstack/react-query';
import { IconFingerprint } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import { canUsePasskeys } from '@/lib/passkey-able';
import { guardsQuery, type Passkey } from '../api';
import { t } from '../t';
import classes from './account.module.css';
import { ActButton } from './act-button';
import type { Opened } from './dialogs';
import { Row } from './row';

function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const zone = useZone();
  const { name, created_at: created, last_used_at: used } = passkey;
  const day = (instant: string) => formatDate(dateOf(instant, zone));
  const facts = [t('passkeys.since', { date: day(created) })];
  if (used !== undefined) facts.push(t('passkeys.used', { date: day(used) }));
  const remove = () => {
    onRemove();
    return Promise.resolve();
  };
  return (
    <Row
      name={name}
      acts={
        <ActButton variant="ghost" label={t('passkeys.remove')} of={t('passkeys.of', { name })} onAct={remove} />
      }
    >
      {facts.join(' · ')}
    </Row>
  );
}

/** Passkeys: this device's or a key one carries. */
export function PasskeysCard({ onOpen }: { onOpen: (opened: Opened) => void }) {
  const passkeys = useQuery(guardsQuery).data?.passkeys;
  if (!passkeys) return null;
  const isAble = canUsePasskeys();
  const add = isAble ? (
    <Button
      size="s"
      onClick={() => {
        onOpen({ what: 'passkey' });
      }}
    >
      {t('passkeys.add')}
    </Button>
  ) : undefined;
  return (
    <Card
      divided
      padding="none"
      title={t('passkeys.title')}
      icon={<IconFingerprint stroke={1.7} aria-hidden />}
      action={add}
    >
      <p className={classes.lead}>{t(isAble ? 'passkeys.text' : 'passkeys.unavailable')}</p>
      <RowList>
        {passkeys.map((passkey) => (
          <PasskeyRow
            key={passkey.id}
            passkey={passkey}
            onRemove={() => {
              onOpen({ what: 'remove-passkey', passkey });
            }}
          />
        ))}
        {passkeys.length === 0 && <li className={classes.text}>{t('passkeys.none')}</li>}
      </RowList>
    </Card>
  );
}
