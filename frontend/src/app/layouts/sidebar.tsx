import { Link } from '@tanstack/react-router';
import { IconSearch, IconSelector } from '@tabler/icons-react';
import { cx } from '@/components/ui/cx';
import { KeyHint } from '@/components/ui/key-hint';
import { Logo } from '@/components/ui/logo';
import { Menu } from '@/components/ui/menu';
import { useOffice } from '@/lib/office';
import { useMe } from '@/lib/session';
import { entriesFor, type NavigationEntry } from '../navigation';
import { t } from '../t';
import { useClinicGroups } from './clinic-groups';
import classes from './sidebar.module.css';
import { UserMenu } from './user-menu';

interface SidebarProps {
  folded: boolean;
  onSearch: () => void;
  onShortcuts: () => void;
}

function ClinicText({ switches }: { switches: boolean }) {
  const { clinic } = useMe();
  const office = useOffice();
  return (
    <>
      <Logo size={32} />
      <span className={classes.clinicText}>
        <span className={classes.clinicName}>{clinic.name}</span>
        {office && <span className={classes.office}>{office.name}</span>}
        {switches && <span className="visually-hidden">{t('clinics.change')}</span>}
      </span>
      {switches && <IconSelector size={16} className={classes.chevron} aria-hidden />}
    </>
  );
}

/** The clinic one works in; whoever works in several changes it here. */
function ClinicBlock() {
  const groups = useClinicGroups();
  if (groups.length === 0) {
    return (
      <div className={classes.clinic}>
        <ClinicText switches={false} />
      </div>
    );
  }
  const trigger = (
    <button type="button" className={cx(classes.clinic, classes.clinicButton)}>
      <ClinicText switches />
    </button>
  );
  return <Menu trigger={trigger} groups={groups} position="bottom-start" />;
}

function Entry({ entry }: { entry: NavigationEntry }) {
  const { Badge } = entry;
  return (
    <li>
      <Link to={entry.to} className={classes.entry} title={entry.label}>
        {entry.icon}
        <span className={classes.entryLabel}>{entry.label}</span>
        {Badge && <Badge />}
      </Link>
    </li>
  );
}

/** The menu at the left: clinic, search, screens, and the signed-in person at the foot. */
export function Sidebar({ folded, onSearch, onShortcuts }: SidebarProps) {
  const entries = entriesFor(useMe());
  const main = entries.filter((entry) => entry.group === 'main');
  const compliance = entries.filter((entry) => entry.group === 'compliance');
  return (
    <header className={classes.sidebar} data-folded={folded ? true : undefined} data-print="hide">
      <ClinicBlock />
      <button type="button" className={classes.search} aria-keyshortcuts="Control+K" onClick={onSearch}>
        <IconSearch size={16} stroke={2} aria-hidden />
        <span className={classes.searchLabel}>{t('search')}</span>
        <KeyHint>{t('searchKeys')}</KeyHint>
      </button>
      <nav aria-label={t('navigation')} className={classes.nav}>
        <ul>
          {main.map((entry) => (
            <Entry key={entry.to} entry={entry} />
          ))}
        </ul>
        {compliance.length > 0 && (
          <>
            <div id="nav-compliance" className={classes.group}>
              {t('compliance')}
            </div>
            <ul aria-labelledby="nav-compliance">
              {compliance.map((entry) => (
                <Entry key={entry.to} entry={entry} />
              ))}
            </ul>
          </>
        )}
      </nav>
      <UserMenu folded={folded} onShortcuts={onShortcuts} />
    </header>
  );
}
