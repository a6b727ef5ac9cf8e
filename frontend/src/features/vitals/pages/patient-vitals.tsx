import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconHeartbeat, IconPlus, IconPrinter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { usePages } from '@/components/ui/use-pages';
import { useBanner } from '@/lib/chart';
import { useCan } from '@/lib/permissions';
import { shownSeries } from '@/lib/readings';
import { readingsPage, seriesQuery } from '../api';
import { ReadingsTable } from '../components/readings-table';
import { Trends } from '../components/trends';
import { t } from '../t';
import classes from './patient-vitals.module.css';

const RecordDialog = lazy(async () => ({ default: (await import('../components/record-dialog')).RecordDialog }));

function Acts({ patientId, mayWrite, hasReadings }: { patientId: string; mayWrite: boolean; hasReadings: boolean }) {
  const [records, setRecords] = useState(false);
  const series = useQuery(seriesQuery(patientId)).data ?? [];
  const previous = Object.fromEntries(series.map(({ key, points }) => [key, points.at(-1)?.value]));
  return (
    <div className={classes.acts} data-print="hide">
      {hasReadings && (
        <Button
          icon={<IconPrinter stroke={1.7} aria-hidden />}
          onClick={() => {
            window.print();
          }}
        >
          {t('print')}
        </Button>
      )}
      {mayWrite && (
        <Button
          variant="primary"
          icon={<IconPlus stroke={1.7} aria-hidden />}
          onClick={() => {
            setRecords(true);
          }}
        >
          {t('record')}
        </Button>
      )}
      {records && (
        <Suspense fallback={null}>
          <RecordDialog
            patientId={patientId}
            previous={previous}
            onClose={() => {
              setRecords(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function Readings({ patientId, mayVoid }: { patientId: string; mayVoid: boolean }) {
  const pages = usePages(patientId);
  const list = useQuery(readingsPage(patientId, pages.cursor));
  const first = useQuery(readingsPage(patientId, undefined)).data;
  const series = useQuery(seriesQuery(patientId));
  const failed = [list, series].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState error={failed.error} title={t('load')} onRetry={() => void failed.refetch()} />;
  if (!list.data || !series.data) return <SkeletonRows />;
  const { items, next_cursor: next } = list.data;
  if (items.length === 0) {
    return (
      <EmptyState level={3} icon={<IconHeartbeat stroke={1.7} aria-hidden />} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  const onNext = pages.onNext(next);
  return (
    <>
      <Trends series={shownSeries(series.data)} latest={first?.items.find(({ voided }) => !voided)} />
      <div className={classes.table}>
        <ReadingsTable patientId={patientId} readings={items} mayVoid={mayVoid} />
      </div>
      {(pages.onPrevious ?? onNext) && (
        <div data-print="hide">
          <Pager onPrevious={pages.onPrevious} onNext={onNext} />
        </div>
      )}
    </>
  );
}

/** The tab of a chart with the vital signs: each measure over time, and every measurement. */
export function PatientVitalsPage() {
  const { patientId = '' } = useParams({ strict: false });
  const can = useCan();
  const { banner } = useBanner(patientId);
  const mayWrite = can('vitals:write') && banner?.status === 'active';
  const hasReadings = (useQuery(seriesQuery(patientId)).data ?? []).length > 0;
  return (
    <Page>
      <div className={classes.head}>
        <h2>{t('title')}</h2>
        <Acts patientId={patientId} mayWrite={mayWrite} hasReadings={hasReadings} />
      </div>
      <Readings patientId={patientId} mayVoid={mayWrite} />
    </Page>
  );
}
