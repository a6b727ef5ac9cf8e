import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconFileOff, IconLock, IconNotes, IconPencil } from '@tabler/icons-react';
import { StatusChip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { usePages } from '@/components/ui/use-pages';
import { paths } from '@/config/paths';
import { patientConsultationsQuery, type ConsultationItem } from '@/lib/consultations';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useMe } from '@/lib/session';
import { more } from '../more-t';
import classes from './patient-consultations.module.css';

function Status({ item }: { item: ConsultationItem }) {
  if (item.status === 'signed') {
    return (
      <StatusChip family="green" icon={<IconLock aria-hidden />}>
        {more('list.signedState')}
      </StatusChip>
    );
  }
  if (item.status === 'discarded') {
    return (
      <StatusChip family="grey" icon={<IconFileOff aria-hidden />}>
        {more('list.discardedState')}
      </StatusChip>
    );
  }
  return (
    <StatusChip family="amber" icon={<IconPencil aria-hidden />}>
      {more('list.draft')}
    </StatusChip>
  );
}

/** The note's kind as a link; somebody else's draft is only named. */
function NoteLink({ item }: { item: ConsultationItem }) {
  const { user } = useMe();
  const mayOpen = item.status !== 'draft' || item.author.id === user.id;
  if (!mayOpen) return item.type_label;
  return (
    <RowLink to={paths.consultation} params={{ patientId: item.patient_id, consultationId: item.id }}>
      {item.type_label}
    </RowLink>
  );
}

function useColumns(): Column<ConsultationItem>[] {
  const zone = useZone();
  return [
    {
      key: 'date',
      header: more('list.date'),
      width: '170px',
      cell: (item) => <time dateTime={item.opened_at}>{formatInstant(item.opened_at, zone)}</time>,
    },
    { key: 'type', header: more('list.type'), width: '190px', cell: (item) => <NoteLink item={item} /> },
    {
      key: 'excerpt',
      header: more('list.excerpt'),
      cell: ({ diagnosis, excerpt }) => (
        <>
          {diagnosis !== undefined && <div className={classes.diagnosis}>{diagnosis}</div>}
          <div className={classes.excerpt}>{excerpt}</div>
        </>
      ),
    },
    { key: 'author', header: more('list.author'), width: '180px', cell: ({ author }) => author.name },
    { key: 'status', header: more('list.status'), width: '120px', cell: (item) => <Status item={item} /> },
  ];
}

function PhoneItem({ item }: { item: ConsultationItem }) {
  const zone = useZone();
  return (
    <div className={classes.phone}>
      <div className={classes.phoneHead}>
        <NoteLink item={item} />
        <Status item={item} />
      </div>
      <div className={classes.excerpt}>
        {[formatInstant(item.opened_at, zone), item.diagnosis ?? item.excerpt].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}

function List({ patientId }: { patientId: string }) {
  const columns = useColumns();
  const pages = usePages(patientId);
  const list = useQuery(patientConsultationsQuery(patientId, pages.cursor));
  if (list.isError && !list.data) {
    return <ErrorState error={list.error} title={more('list.load')} onRetry={() => void list.refetch()} />;
  }
  if (!list.data) return <SkeletonRows />;
  const { items, next_cursor: next } = list.data;
  if (items.length === 0) {
    return (
      <EmptyState level={3} icon={<IconNotes stroke={1.7} aria-hidden />} title={more('list.emptyTitle')}>
        {more('list.emptyText')}
      </EmptyState>
    );
  }
  const onNext = pages.onNext(next);
  return (
    <>
      <Table
        caption={more('list.caption')}
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
        listItem={(item) => <PhoneItem item={item} />}
      />
      {(pages.onPrevious ?? onNext) && <Pager onPrevious={pages.onPrevious} onNext={onNext} />}
    </>
  );
}

/** The tab of a chart with its notes, the newest first. The chart's banner begins a new one. */
export function PatientConsultationsPage() {
  const { patientId = '' } = useParams({ strict: false });
  return (
    <Page>
      <h2 className={classes.title}>{more('list.title')}</h2>
      <List patientId={patientId} />
    </Page>
  );
}
