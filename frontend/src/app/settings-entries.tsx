import type { LinkProps } from '@tanstack/react-router';
import { IconBrandWhatsapp, IconBuildingHospital, IconListCheck, IconShieldLock, IconUser, IconUsersGroup } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { paths } from '@/config/paths';
import type { Me } from '@/lib/api/types';
import { can, type Permission } from '@/lib/permissions';
import { t } from './settings-t';

/** One page of the settings. */
export interface SettingsEntry {
  to: LinkProps['to'] & string;
  label: string;
  /** What is found there. */
  text: string;
  icon: ReactNode;
  /** What the role must be allowed for the entry to exist; left out, it is everybody's. */
  permission?: Permission;
}

const entries: readonly SettingsEntry[] = [
  {
    to: paths.account,
    label: t('account.title'),
    text: t('account.text'),
    icon: <IconUser stroke={1.7} aria-hidden />,
  },
  {
    to: paths.clinic,
    label: t('clinic.title'),
    text: t('clinic.text'),
    icon: <IconBuildingHospital stroke={1.7} aria-hidden />,
    permission: 'clinic:write',
  },
  {
    to: paths.staff,
    label: t('staff.title'),
    text: t('staff.text'),
    icon: <IconUsersGroup stroke={1.7} aria-hidden />,
    permission: 'staff:read',
  },
  {
    to: paths.permissions,
    label: t('permissions.title'),
    text: t('permissions.text'),
    icon: <IconListCheck stroke={1.7} aria-hidden />,
    permission: 'permission:read',
  },
  {
    to: paths.security,
    label: t('security.title'),
    text: t('security.text'),
    icon: <IconShieldLock stroke={1.7} aria-hidden />,
    permission: 'security:write',
  },
  {
    to: paths.whatsapp,
    label: t('whatsapp.title'),
    text: t('whatsapp.text'),
    icon: <IconBrandWhatsapp stroke={1.7} aria-hidden />,
    permission: 'whatsapp:read',
  },
];

/** The pages of the settings that the person may use. */
export function settingsFor(me: Me): readonly SettingsEntry[] {
  return entries.filter(({ permission }) => permission === undefined || can(me, permission));
}
