import { Link } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { KeyHint } from '@/components/ui/key-hint';
import { Logo } from '@/components/ui/logo';
import { useOffice } from '@/lib/office';
import { useMe } from '@/lib/session';
import { entriesFor, type NavigationEntry } from '../navigation';
import { t } from '../t';
import classes from './sidebar.module.css';
import { UserMenu } from './user-menu';

interface SidebarProps {
  folded: boolean;
  onSearch: () => void;
  onShortcuts: () => void;
}

function ClinicBlock() {
  const { clinic } = useMe();
  const office = useOffice();
  return (
    <div className={classes.clinic}>
      <Logo size={32} />
      <div className={classes.clinicText}>
        <div className={classes.clinicName}>{clinic.name}</div>
        {office && <div className={classes.office}>{office.name}</div>}
      </div>
    </div>
  );
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
