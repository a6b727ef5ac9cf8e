import type { LinkProps } from '@tanstack/react-router';
import { IconListSearch, IconMessage2, IconPrescription, IconShieldCheck, IconSun, IconUsers } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { paths } from '@/config/paths';
import { CallsBadge } from '@/features/messages/components/calls-badge';
import { can, type Permission } from '@/lib/permissions';
import type { Me } from '@/lib/api/types';
import { t } from './t';

/** One entry of the menu. An entry exists only when its screen does. */
export interface NavigationEntry {
  to: LinkProps['to'] & string;
  label: string;
  icon: ReactNode;
  /** What the role must be allowed for the entry to exist. */
  permission: Permission;
  group: 'main' | 'compliance';
  /** Has a place of its own in the phone's tab bar; the others stand under «Más». */
  inTabBar: boolean;
  /** The letter that leads here after a `g`. */
  shortcut?: string;
  /** A number beside the entry; renders nothing when there is nothing to do. */
  Badge?: ComponentType;
}

export const navigation: readonly NavigationEntry[] = [
  {
    to: paths.today,
    label: t('nav.today'),
    icon: <IconSun stroke={1.7} aria-hidden />,
    permission: 'patient:read',
    group: 'main',
    inTabBar: true,
  },
  {
    to: paths.patients,
    label: t('nav.patients'),
    icon: <IconUsers stroke={1.7} aria-hidden />,
    permission: 'patient:read',
    group: 'main',
    inTabBar: true,
    shortcut: 'p',
  },
  {
    to: paths.prescriptions,
    label: t('nav.prescriptions'),
    icon: <IconPrescription stroke={1.7} aria-hidden />,
    permission: 'prescription:read',
    group: 'main',
    inTabBar: false,
    shortcut: 'r',
  },
  {
    to: paths.messages,
    label: t('nav.messages'),
    icon: <IconMessage2 stroke={1.7} aria-hidden />,
    permission: 'message:read',
    group: 'main',
    inTabBar: true,
    shortcut: 'm',
    Badge: CallsBadge,
  },
  {
    to: paths.consents,
    label: t('nav.consents'),
    icon: <IconShieldCheck stroke={1.7} aria-hidden />,
    permission: 'consent:read',
    group: 'compliance',
    inTabBar: false,
  },
  {
    to: paths.audit,
    label: t('nav.audit'),
    icon: <IconListSearch stroke={1.7} aria-hidden />,
    permission: 'audit:read',
    group: 'compliance',
    inTabBar: false,
  },
];

/** The places of a phone's tab bar beside «Más». */
const TAB_PLACES = 3;

/** The entries of a phone's tab bar. Who may use none of those with a place of their own has what she may use there. */
export function tabsFor(me: Me): readonly NavigationEntry[] {
  const mine = entriesFor(me);
  const usual = mine.filter(({ inTabBar }) => inTabBar);
  return usual.length > 0 ? usual : mine.slice(0, TAB_PLACES);
}

/** The entries the person may use; what the role may not do is absent, not grey. */
export function entriesFor(me: Me): readonly NavigationEntry[] {
  return navigation.filter((entry) => can(me, entry.permission));
}
