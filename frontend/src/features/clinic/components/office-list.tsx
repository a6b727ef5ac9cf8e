import { useQuery } from '@tanstack/react-query';
import { IconMapPin, IconPencil, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Office } from '@/lib/api/types';
import { addressLine } from '@/lib/address';
import { formatPhone } from '@/lib/format';
import { officesQuery } from '@/lib/office';
import { t } from '../t';
import { ZONES } from '../zones';
import classes from './office-list.module.css';

// Dialogs come with the first press: the list should not wait for them.
const OfficeDialog = lazy(async () => ({ default: (await import('./office-dialog')).OfficeDialog }));

function zoneLabel(zone: string): string {
  return ZONES.find((entry) => entry.value === zone)?.label ?? zone;
}

function OfficeRow({ office, onEdit }: { office: Office; onEdit: () => void }) {
  const details = [zoneLabel(office.time_zone), office.phone ? formatPhone(office.phone) : ''].filter(Boolean);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <h3>{office.name}</h3>
        <p className={classes.detail}>{addressLine(office.address)}</p>
        <p className={classes.detail}>{details.join(' · ')}</p>
      </div>
      <IconButton
        label={t('offices.edit', { name: office.name })}
        icon={<IconPencil stroke={1.7} aria-hidden />}
        onClick={onEdit}
      />
    </li>
  );
}

function Rows({ onEdit }: { onEdit: (office: Office) => void }) {
  const offices = useQuery(officesQuery);
  if (offices.isPending) return <SkeletonRows rows={1} />;
  if (offices.isError) {
    return (
      <ErrorState level={3} error={offices.error} title={t('offices.load')} onRetry={() => void offices.refetch()} />
    );
  }
  if (offices.data.items.length === 0) {
    return (
      <EmptyState level={3} icon={<IconMapPin stroke={1.7} aria-hidden />} title={t('offices.empty')}>
        {t('offices.emptyText')}
      </EmptyState>
    );
  }
  return (
    <RowList>
      {offices.data.items.map((office) => (
        <OfficeRow
          key={office.id}
          office={office}
          onEdit={() => {
            onEdit(office);
          }}
        />
      ))}
    </RowList>
  );
}

/** The places where the clinic sees patients. */
export function OfficeList() {
  const [edited, setEdited] = useState<{ office?: Office }>();
  const add = (
    <Button
      size="s"
      icon={<IconPlus aria-hidden />}
      onClick={() => {
        setEdited({});
      }}
    >
      {t('offices.add')}
    </Button>
  );
  return (
    <Card
      divided
      padding="none"
      title={t('clinic.offices')}
      icon={<IconMapPin stroke={1.7} aria-hidden />}
      action={add}
    >
      <Rows
        onEdit={(office) => {
          setEdited({ office });
        }}
      />
      {edited && (
        <Suspense fallback={null}>
          <OfficeDialog
            office={edited.office}
            onClose={() => {
              setEdited(undefined);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
