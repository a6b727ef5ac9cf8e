import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { SelectField } from '@/components/ui/select-field';
import type { PermissionTable } from '@/lib/permission-table';
import type { Role } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { subjectsOf } from '../table';
import { t } from '../t';
import { ReachMark } from './permission-grid';
import classes from './one-role.module.css';

/** The column of one role, chosen from a list: what fits on a phone. */
export function OneRole({ table }: { table: PermissionTable }) {
  const [role, setRole] = useState<string>(useMe().role);
  const options = table.roles.map(({ role: value, label }) => ({ value, label }));
  return (
    <div className={classes.stack}>
      <SelectField label={t('role')} placeholder={null} options={options} value={role} onChange={setRole} />
      {subjectsOf(table).map(({ name, rows }) => (
        <Card key={name} divided padding="none" title={name}>
          <RowList>
            {rows.map(({ permission, label, reach }) => (
              <li key={permission} className={classes.row}>
                <span>{label}</span>
                <ReachMark reach={reach(role as Role)} />
              </li>
            ))}
          </RowList>
        </Card>
      ))}
    </div>
  );
}
