import { Link, useNavigate } from '@tanstack/react-router';
import { IconDots, IconSearch } from '@tabler/icons-react';
import { IconButton } from '@/components/ui/button';
import { Logo } from '@/components/ui/logo';
import { Menu } from '@/components/ui/menu';
import { t as common } from '@/lib/t';
import { useMe } from '@/lib/session';
import { entriesFor, tabsFor } from '../navigation';
import { t } from '../t';
import { useClinicGroups } from './clinic-groups';
import classes from './phone-bars.module.css';
import { useUserMenuGroups } from './user-menu';

interface TopBarProps {
  title: string | undefined;
  onSearch: () => void;
}

/** The phone's top: where one is, and the search. */
export function TopBar({ title, onSearch }: TopBarProps) {
  return (
    <header className={classes.top} data-print="hide">
      <Logo size={28} />
      <span className={classes.title}>{title ?? common('app.name')}</span>
      <IconButton
        label={t('searchShort')}
        icon={<IconSearch stroke={1.7} aria-hidden />}
        className={classes.search}
        onClick={onSearch}
      />
    </header>
  );
}

function MoreTab() {
  const me = useMe();
  const navigate = useNavigate();
  const own = useUserMenuGroups();
  const clinics = useClinicGroups();
  const tabs = tabsFor(me);
  const others = entriesFor(me).filter((entry) => !tabs.includes(entry));
  const groups = [
    {
      key: 'screens',
      entries: others.map((entry) => ({
        key: entry.to,
        label: entry.label,
        icon: entry.icon,
        onSelect: () => void navigate({ to: entry.to }),
      })),
    },
    ...clinics,
    ...own,
  ];
  const trigger = (
    <button type="button" className={classes.tab}>
      <IconDots stroke={1.7} aria-hidden />
      {t('nav.more')}
    </button>
  );
  return <Menu trigger={trigger} groups={groups} position="top-end" />;
}

/** The phone's foot: the main screens, and the rest under «Más». */
export function TabBar() {
  const entries = tabsFor(useMe());
  return (
    <nav aria-label={t('navigation')} className={classes.tabs} data-print="hide">
      {entries.map(({ to, label, icon, Badge }) => (
        <Link key={to} to={to} className={classes.tab}>
          {icon}
          {label}
          {Badge && (
            <span className={classes.badge}>
              <Badge />
            </span>
          )}
        </Link>
      ))}
      <MoreTab />
    </nav>
  );
}
