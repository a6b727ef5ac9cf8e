import type { UseQueryOptions } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { IconBan, IconFileOff, IconLock, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusChip, type Family } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { usePages } from '@/components/ui/use-pages';
import { paths } from '@/config/paths';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { PrescriptionListItem, PrescriptionStatus } from '@/lib/prescriptions';
import { useMe } from '@/lib/session';
import { list as t } from '../list-t';
import classes from './prescription-list.module.css';

const NAMED = 3;

const LOOKS: Record<PrescriptionStatus, { family: Family; icon: ReactNode }> = {
  draft: { family: 'amber', icon: <IconPencil aria-hidden /> },
  discarded: { family: 'grey', icon: <IconFileOff aria-hidden /> },
  signed: { family: 'green', icon: <IconLock aria-hidden /> },
  voided: { family: 'red', icon: <IconBan aria-hidden /> },
};

function Status({ status }: { status: PrescriptionStatus }) {
  const { family, icon } = LOOKS[status];
  return (
    <StatusChip family={family} icon={icon}>
      {t(status)}
    </StatusChip>
  );
}

/** The folio as a link; somebody else's draft is only named. */
function Folio({ item }: { item: PrescriptionListItem }) {
  const { user } = useMe();
  if (item.folio === undefined && item.author.id !== user.id) return t('otherDraft');
  return (
    <RowLink to={paths.prescription} params={{ patientId: item.patient.id, prescriptionId: item.id }}>
      {item.folio ?? t('draftLink')}
    </RowLink>
  );
}

function medicinesOf({ items }: PrescriptionListItem): string {
  if (items.length === 0) return t('none');
  const names = items.slice(0, NAMED).map(({ generic_name: name }) => name);
  const hidden = items.length - names.length;
  return hidden > 0 ? `${names.join(', ')} ${t('more', { count: hidden })}` : names.join(', ');
}

function when(item: PrescriptionListItem): string {
  return item.signed_at ?? item.created_at;
}

function useColumns(withPatient: boolean): Column<PrescriptionListItem>[] {
  const zone = useZone();
  return [
    {
      key: 'date',
      header: t('date'),
      width: '170px',
      cell: (item) => <time dateTime={when(item)}>{formatInstant(when(item), zone)}</time>,
    },
    { key: 'folio', header: t('folio'), width: '160px', cell: (item) => <Folio item={item} /> },
    ...(withPatient
      ? [{ key: 'patient', header: t('patient'), cell: ({ patient }: PrescriptionListItem) => patient.name }]
      : []),
    { key: 'medicines', header: t('medicines'), cell: medicinesOf },
    { key: 'author', header: t('author'), width: '170px', cell: ({ author }) => author.name },
    { key: 'status', header: t('status'), width: '120px', cell: ({ status }) => <Status status={status} /> },
  ];
}

function PhoneItem({ item, withPatient }: { item: PrescriptionListItem; withPatient: boolean }) {
  const zone = useZone();
  return (
    <div className={classes.phone}>
      <div className={classes.phoneHead}>
        <Folio item={item} />
        <Status status={item.status} />
      </div>
      {withPatient && <div>{item.patient.name}</div>}
      <div className={classes.quiet}>{[formatInstant(when(item), zone), medicinesOf(item)].join(' · ')}</div>
    </div>
  );
}

interface ListPage {
  items: PrescriptionListItem[];
  next_cursor: string | null;
}

interface PrescriptionListProps {
  /** What is asked, as a text: another question begins at the first page. */
  asked: string;
  // The query's own key and failure types differ by list.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  query: (cursor: string | undefined) => UseQueryOptions<ListPage, Error, ListPage, any>;
  withPatient?: boolean;
  empty: ReactNode;
}

/** Recetas with their state, the newest first. */
export function PrescriptionList({ asked, query, withPatient = false, empty }: PrescriptionListProps) {
  const columns = useColumns(withPatient);
  const pages = usePages(asked);
  const found = useQuery(query(pages.cursor));
  if (found.isError && !found.data) {
    return <ErrorState error={found.error} title={t('load')} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <SkeletonRows />;
  const { items, next_cursor: next } = found.data;
  if (items.length === 0) return empty;
  const onNext = pages.onNext(next);
  return (
    <>
      <Table
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
        listItem={(item) => <PhoneItem item={item} withPatient={withPatient} />}
      />
      {(pages.onPrevious ?? onNext) && <Pager onPrevious={pages.onPrevious} onNext={onNext} />}
    </>
  );
}
