import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconAdjustments, IconDeviceDesktop, IconDots, IconKeyboard, IconLock, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Menu, type MenuGroup } from '@/components/ui/menu';
import { paths } from '@/config/paths';
import { initials } from '@/lib/format';
import { roleLabel } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { t } from '../t';
import { lock } from './lock-guard';
import { useLeaving } from './sign-out';
import classes from './user-menu.module.css';

/** The second line under the person's name: the cédula, else the role. */
function useCaption(): string {
  const { user, role } = useMe();
  if (user.license_number) return t('user.license', { number: user.license_number });
  return roleLabel(role);
}

function useThemeGroup(): MenuGroup {
  // Mantine would stop transitions with an inline style, which the security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const choice = (key: 'light' | 'dark' | 'auto', label: string, icon: ReactElement) => ({
    key,
    label,
    icon,
    checked: colorScheme === key,
    stays: true,
    onSelect: () => {
      setColorScheme(key);
    },
  });
  return {
    key: 'theme',
    label: t('user.theme'),
    entries: [
      choice('light', t('user.light'), <IconSun stroke={1.7} aria-hidden />),
      choice('dark', t('user.dark'), <IconMoon stroke={1.7} aria-hidden />),
      choice('auto', t('user.system'), <IconDeviceDesktop stroke={1.7} aria-hidden />),
    ],
  };
}

/**
 * What the person's menu holds, on the sidebar and under «Más» alike; the shortcuts only where there
 * is a keyboard.
 */
export function useUserMenuGroups(onShortcuts?: () => void): MenuGroup[] {
  const navigate = useNavigate();
  const leave = useLeaving();
  const theme = useThemeGroup();
  const account = {
    key: 'account',
    label: t('user.account'),
    icon: <IconUser stroke={1.7} aria-hidden />,
    onSelect: () => void navigate({ to: paths.account }),
  };
  const settings = {
    key: 'settings',
    label: t('user.settings'),
    icon: <IconAdjustments stroke={1.7} aria-hidden />,
    onSelect: () => void navigate({ to: paths.settings }),
  };
  const shortcuts = onShortcuts && {
    key: 'shortcuts',
    label: t('user.shortcuts'),
    icon: <IconKeyboard stroke={1.7} aria-hidden />,
    onSelect: onShortcuts,
  };
  const away = {
    key: 'lock',
    label: t('user.lock'),
    icon: <IconLock stroke={1.7} aria-hidden />,
    onSelect: lock,
  };
  const exit = {
    key: 'sign-out',
    label: t('user.signOut'),
    icon: <IconLogout stroke={1.7} aria-hidden />,
    onSelect: leave,
  };
  return [
    theme,
    { key: 'own', entries: [account, settings, ...(shortcuts ? [shortcuts] : [])] },
    { key: 'session', entries: [away, exit] },
  ];
}

/** The person at the foot of the sidebar, with their menu. */
export function UserMenu({ folded, onShortcuts }: { folded: boolean; onShortcuts: () => void }) {
  const { user } = useMe();
  const caption = useCaption();
  const groups = useUserMenuGroups(onShortcuts);
  const trigger = (
    <button type="button" className={classes.trigger}>
      <Avatar initials={initials(user.full_name)} seed={user.id} />
      {folded && <span className="visually-hidden">{t('user.menu', { name: user.full_name })}</span>}
      {!folded && (
        <>
          <span className={classes.text}>
            <span className={classes.name}>{user.full_name}</span>
            <span className={classes.caption}>{caption}</span>
          </span>
          <IconDots size={18} aria-hidden />
        </>
      )}
    </button>
  );
  return (
    <div className={classes.foot}>
      <Menu trigger={trigger} groups={groups} position="top-start" />
    </div>
  );
}
