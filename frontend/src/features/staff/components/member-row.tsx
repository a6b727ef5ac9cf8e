import {
  IconDots,
  IconMailForward,
  IconShieldX,
  IconTransfer,
  IconUserCog,
  IconUserOff,
} from '@tabler/icons-react';
import { Avatar } from '@/components/ui/avatar';
import { IconButton } from '@/components/ui/button';
import { StatusChip, type Family } from '@/components/ui/chip';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { dateOf, formatDate, initials } from '@/lib/format';
import { useZone } from '@/lib/office';
import { roleLabel } from '@/lib/roles';
import type { Member } from '../api';
import { t } from '../t';
import classes from './staff.module.css';

/** What may be done to somebody of the staff. */
export type Act = 'resend' | 'role' | 'reset' | 'transfer' | 'end';

const FAMILIES: Record<Member['status'], Family> = { invited: 'blue', expired: 'amber', active: 'green', ended: 'grey' };

interface MemberRowProps {
  member: Member;
  /** Left out, the person may only look. */
  onAct: ((act: Act) => void) | undefined;
}

function useDetail(member: Member): string {
  const zone = useZone();
  const day = (instant: string) => formatDate(dateOf(instant, zone));
  const { role, since, status, expires_at: expires, ended_at: ended } = member;
  const when =
    (status === 'ended' && ended !== undefined && t('endedAt', { date: day(ended) })) ||
    (status === 'invited' && expires !== undefined && t('until', { date: day(expires) })) ||
    (status === 'active' && since !== undefined && t('since', { date: day(since) }));
  return [roleLabel(role), when].filter(Boolean).join(' · ');
}

function entriesOf(member: Member, act: (act: Act) => void): MenuEntry[] {
  const entry = (key: Act, label: string, icon: MenuEntry['icon'], danger = false): MenuEntry => ({
    key,
    label,
    icon,
    danger,
    onSelect: () => {
      act(key);
    },
  });
  if (member.status === 'active') {
    const transfer = entry('transfer', t('menu.transfer'), <IconTransfer stroke={1.7} aria-hidden />);
    return [
      entry('role', t('menu.role'), <IconUserCog stroke={1.7} aria-hidden />),
      entry('reset', t('menu.reset'), <IconShieldX stroke={1.7} aria-hidden />),
      ...(member.role === 'owner' ? [] : [transfer]),
      entry('end', t('menu.end'), <IconUserOff stroke={1.7} aria-hidden />, true),
    ];
  }
  return [
    entry('resend', t('menu.resend'), <IconMailForward stroke={1.7} aria-hidden />),
    entry('end', t('menu.cancelInvitation'), <IconUserOff stroke={1.7} aria-hidden />, true),
  ];
}

/** One person or invitation, with what may be done. */
export function MemberRow({ member, onAct }: MemberRowProps) {
  const { full_name: name, id, status, own } = member;
  const detail = useDetail(member);
  const trigger = <IconButton label={t('acts', { name })} icon={<IconDots aria-hidden />} />;
  return (
    <li className={classes.row}>
      <Avatar size="s" initials={initials(name)} seed={id} />
      <div className={classes.words}>
        <div className={classes.name}>{own ? `${name} ${t('you')}` : name}</div>
        <div className={classes.detail}>{detail}</div>
        {member.email !== undefined && <div className={classes.detail}>{member.email}</div>}
      </div>
      <StatusChip family={FAMILIES[status]}>{t(`status.${status}`)}</StatusChip>
      {onAct && !own && status !== 'ended' && (
        <Menu trigger={trigger} groups={[{ key: 'acts', entries: entriesOf(member, onAct) }]} position="bottom-end" />
      )}
    </li>
  );
}
