import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconListSearch, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ButtonLink, IconButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cx } from '@/components/ui/cx';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NewsButton } from '@/components/ui/news-button';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useMedia } from '@/components/ui/use-media';
import { usePages } from '@/components/ui/use-pages';
import { paths } from '@/config/paths';
import { subscribeToLive } from '@/lib/live';
import { useZone } from '@/lib/office';
import { t as common } from '@/lib/t';
import { useToday } from '@/lib/today';
import { auditPage, PAGE_SIZE, type AuditEvent } from '../api';
import { AuditFilters } from '../components/audit-filters';
import { EventDetail } from '../components/event-detail';
import { EventsTable } from '../components/events-table';
import { IntegrityBanner } from '../components/integrity-banner';
import { reachesNow, readAuditSearch, toFilter, type AuditSearch } from '../search';
import { t } from '../t';
import classes from './audit-page.module.css';

const Dialog = lazy(async () => ({ default: (await import('@/components/ui/dialog')).Dialog }));

/** Whether something of the clinic happened since the list was read; every act leaves an event. */
function useNews(applies: boolean) {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    if (!applies) return;
    return subscribeToLive(() => {
      setIsThere(true);
    });
  }, [applies]);
  return { isThere: isThere && applies, clear: () => setIsThere(false) };
}

function NoEvents({ search }: { search: AuditSearch }) {
  return (
    <Card>
      <EmptyState
        icon={<IconListSearch stroke={1.7} aria-hidden />}
        title={t('empty')}
        actions={
          search.fecha !== '7' && (
            <ButtonLink to={paths.audit} search={{ ...search, fecha: '7', evento: undefined }} replace>
              {t('emptyWeek')}
            </ButtonLink>
          )
        }
      >
        {t('emptyText')}
      </EmptyState>
    </Card>
  );
}

interface DetailProps {
  id: string;
  title: string;
  search: AuditSearch;
  onClose: () => void;
}

/** Beside the list where there is room. Takes the focus, so that a press leads to what it opened. */
function DetailPanel({ id, title, search, onClose }: DetailProps) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [id]);
  const close = <IconButton label={common('actions.close')} icon={<IconX aria-hidden />} onClick={onClose} />;
  return (
    <div
      ref={heading}
      tabIndex={-1}
      className={classes.panel}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <Card title={title} action={close}>
        <EventDetail id={id} search={search} />
      </Card>
    </div>
  );
}

function DetailSheet({ id, title, search, onClose }: DetailProps) {
  return (
    <Suspense fallback={null}>
      <Dialog opened onClose={onClose} title={title} size="s">
        <EventDetail id={id} search={search} />
      </Dialog>
    </Suspense>
  );
}

function Detail({ search, events }: { search: AuditSearch; events: readonly AuditEvent[] }) {
  const navigate = useNavigate();
  const isWide = useMedia('(min-width: 1180px)');
  const id = search.evento;
  if (!id) return null;
  const title = events.find((event) => event.id === id)?.action_text ?? t('detail.label');
  const close = () => {
    void navigate({ to: paths.audit, search: { ...search, evento: undefined }, replace: true });
    document.querySelector<HTMLElement>(`[data-event="${id}"]`)?.focus();
  };
  const Shown = isWide ? DetailPanel : DetailSheet;
  return <Shown id={id} title={title} search={search} onClose={close} />;
}

function Results({ search }: { search: AuditSearch }) {
  const zone = useZone();
  const today = useToday();
  const filter = toFilter(search, today, zone);
  const pages = usePages(JSON.stringify(filter));
  const list = useQuery(auditPage(filter, pages.cursor));
  const news = useNews(pages.cursor === undefined && reachesNow(search, today));
  const events = list.data?.items ?? [];
  const onNext = pages.onNext(list.data?.next_cursor);
  const record = events.find((event) => event.patient_id === search.paciente)?.patient?.record_number;
  const showNews = () => {
    news.clear();
    void list.refetch();
  };
  return (
    <>
      <AuditFilters search={search} record={record} />
      <NewsButton label={news.isThere ? t('news') : undefined} onShow={showNews} />
      <div className={cx(classes.columns, search.evento !== undefined && classes.withDetail)}>
        <div aria-busy={list.isPlaceholderData}>
          {list.isPending && (
            <Card padding="none">
              <SkeletonRows rows={10} />
            </Card>
          )}
          {list.isError && (
            <Card>
              <ErrorState error={list.error} title={t('load')} onRetry={() => void list.refetch()} />
            </Card>
          )}
          {list.isSuccess && events.length === 0 && <NoEvents search={search} />}
          {events.length > 0 && (
            <>
              <EventsTable events={events} search={search} />
              {(pages.onPrevious ?? onNext) && (
                <Pager onPrevious={pages.onPrevious} onNext={onNext}>
                  {t('perPage', { count: PAGE_SIZE })}
                </Pager>
              )}
            </>
          )}
        </div>
        <Detail search={search} events={events} />
      </div>
    </>
  );
}

/** Who saw or changed what. The verification on top finds what was altered. */
export function AuditPage() {
  const search = readAuditSearch(useSearch({ strict: false }));
  return (
    <Page>
      <PageHeader title={t('title')} titleInTopBar subtitle={t('subtitle')} />
      <IntegrityBanner />
      <Results search={search} />
    </Page>
  );
}
