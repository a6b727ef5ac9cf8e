import { IconBan } from '@tabler/icons-react';
import { Avatar } from '@/components/ui/avatar';
import { EmptyState } from '@/components/ui/empty-state';
import { initials } from '@/lib/format';
import type { SimPhone } from '../api';
import { clock } from '../moments';
import { t } from '../t';
import classes from './phone-list.module.css';

interface PhoneListProps {
  phones: readonly SimPhone[];
  selected: string | undefined;
  /** Opens the conversation, which reads what is in it. */
  onOpen: (number: string) => void;
}

function PhoneRow({ phone, isSelected, onOpen }: { phone: SimPhone; isSelected: boolean; onOpen: () => void }) {
  const last = phone.messages.at(-1);
  return (
    <li>
      <button type="button" className={classes.row} aria-pressed={isSelected} onClick={onOpen}>
        <Avatar initials={initials(phone.name)} seed={phone.number} />
        <span className={classes.words}>
          <span className={classes.name}>{phone.name}</span>
          <span className={classes.last}>
            {phone.refused && <IconBan size={13} stroke={2} aria-hidden />}
            <span className={classes.cut}>{phone.refused ? t('phones.refused') : last?.text}</span>
          </span>
        </span>
        {last && <span className={classes.time}>{clock(last.at)}</span>}
      </button>
    </li>
  );
}

/** The simulated phones, the one with the newest message first. */
export function PhoneList({ phones, selected, onOpen }: PhoneListProps) {
  if (phones.length === 0) {
    return (
      <EmptyState level={3} title={t('phones.empty')}>
        {t('phones.emptyText')}
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list} aria-label={t('phones.title')}>
      {phones.map((phone) => (
        <PhoneRow
          key={phone.number}
          phone={phone}
          isSelected={phone.number === selected}
          onOpen={() => {
            onOpen(phone.number);
          }}
        />
      ))}
    </ul>
  );
}
