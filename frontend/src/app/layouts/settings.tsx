import { Link, Navigate, Outlet } from '@tanstack/react-router';
import { IconChevronRight } from '@tabler/icons-react';
import { BackLink } from '@/components/ui/back-link';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/table';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { useMe } from '@/lib/session';
import { settingsFor } from '../settings-entries';
import { t } from '../settings-t';
import classes from './settings.module.css';

function SideList() {
  return (
    <nav aria-label={t('sections')} className={classes.side} data-print="hide">
      <ul>
        {settingsFor(useMe()).map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} className={classes.entry}>
              {icon}
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The settings: their list at the side; on a phone the list is a page of its own, and each page leads back to it. */
export function SettingsLayout() {
  const isPhone = useIsPhone();
  return (
    <div className={classes.layout}>
      {isPhone ? (
        <div className={classes.back} data-print="hide">
          <BackLink to={paths.settings}>{t('title')}</BackLink>
        </div>
      ) : (
        <SideList />
      )}
      <div className={classes.content}>
        <Outlet />
      </div>
    </div>
  );
}

/** The list as a page, for phones; where it stands at the side, the first of its pages. */
export function SettingsIndex() {
  const entries = settingsFor(useMe());
  if (!useIsPhone()) return <Navigate to={paths.account} replace />;
  return (
    <Page>
      <PageHeader title={t('title')} titleInTopBar />
      <nav aria-label={t('sections')}>
        <ul className={classes.list}>
          {entries.map(({ to, label, text, icon }) => (
            <li key={to} className={classes.item}>
              {icon}
              <span className={classes.words}>
                <RowLink to={to}>{label}</RowLink>
                <span className={classes.text}>{text}</span>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </li>
          ))}
        </ul>
      </nav>
    </Page>
  );
}
