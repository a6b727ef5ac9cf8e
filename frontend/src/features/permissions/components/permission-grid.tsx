import { IconCheck, IconMinus } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { PermissionTable } from '@/lib/permission-table';
import { subjectsOf, type Reach } from '../table';
import { t } from '../t';
import classes from './permission-grid.module.css';

/** What a role may do, in icon and word. */
export function ReachMark({ reach }: { reach: Reach }) {
  return (
    <span className={classes.mark} data-reach={reach}>
      {reach === 'no' ? <IconMinus size={15} aria-hidden /> : <IconCheck size={15} stroke={2.2} aria-hidden />}
      {t(reach)}
    </span>
  );
}

/** The whole table: a row for each act, by subject, and a column for each role. */
export function PermissionGrid({ table }: { table: PermissionTable }) {
  const { roles } = table;
  return (
    <div className={classes.frame} role="region" aria-label={t('caption')} tabIndex={0}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('act')}</th>
            {roles.map(({ role, label }) => (
              <th key={role} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjectsOf(table).map((subject) => (
            <Fragment key={subject.name}>
              <tr>
                <th scope="rowgroup" colSpan={roles.length + 1} className={classes.subject}>
                  {subject.name}
                </th>
              </tr>
              {subject.rows.map(({ permission, label, reach }) => (
                <tr key={permission}>
                  <th scope="row">{label}</th>
                  {roles.map(({ role }) => (
                    <td key={role}>
                      <ReachMark reach={reach(role)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
