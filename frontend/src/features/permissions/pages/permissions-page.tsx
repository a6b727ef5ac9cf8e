import { useQuery } from '@tanstack/react-query';
import { IconPrinter } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useIsPhone } from '@/components/ui/use-media';
import { permissionTableQuery, type PermissionTable } from '@/lib/permission-table';
import { roleLabel } from '@/lib/roles';
import { OneRole } from '../components/one-role';
import { PermissionGrid } from '../components/permission-grid';
import { notesOf } from '../table';
import { t } from '../t';
import classes from './permissions-page.module.css';

const list = new Intl.ListFormat('es-MX', { type: 'conjunction' });

function Notes({ table }: { table: PermissionTable }) {
  return (
    <Card title={t('notes')}>
      <ul className={classes.notes}>
        {notesOf(table).map(({ key, act, roles, fields }) => (
          <li key={key}>
            {t('note', { act, roles: list.format(roles.map(roleLabel)), fields: list.format(fields) })}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Content() {
  const isPhone = useIsPhone();
  const table = useQuery(permissionTableQuery);
  if (table.isPending) return <SkeletonRows />;
  if (table.isError) {
    return <ErrorState error={table.error} title={t('load')} onRetry={() => void table.refetch()} />;
  }
  return (
    <div className={classes.stack}>
      {isPhone ? <OneRole table={table.data} /> : <PermissionGrid table={table.data} />}
      <Notes table={table.data} />
    </div>
  );
}

/** Who may do what, from the table that the server decides by. */
export function PermissionsPage() {
  const print = (
    <span data-print="hide">
      <Button
        icon={<IconPrinter stroke={1.7} aria-hidden />}
        onClick={() => {
          window.print();
        }}
      >
        {t('print')}
      </Button>
    </span>
  );
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={print} />
      <Content />
    </Page>
  );
}
