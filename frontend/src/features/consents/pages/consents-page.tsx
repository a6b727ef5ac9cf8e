import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFileText, IconShieldCheck } from '@tabler/icons-react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { usePages } from '@/components/ui/use-pages';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { consentPatientsQuery } from '../api';
import { ConsentsTable } from '../components/consents-table';
import { readConsentsSearch, STATES, type ConsentFilter } from '../search';
import { t } from '../t';
import classes from './consents-page.module.css';

type Show = (estado: ConsentFilter | undefined) => void;

function Filters({ state, show }: { state: ConsentFilter | undefined; show: Show }) {
  return (
    <div role="group" aria-label={t('list.filters')} className={classes.filters}>
      <FilterChip
        selected={state === undefined}
        onToggle={() => {
          show(undefined);
        }}
      >
        {t('list.all')}
      </FilterChip>
      {STATES.map((entry) => (
        <FilterChip
          key={entry}
          selected={state === entry}
          onToggle={() => {
            show(state === entry ? undefined : entry);
          }}
        >
          {t(`list.${entry}`)}
        </FilterChip>
      ))}
    </div>
  );
}

function Nothing({ state, show }: { state: ConsentFilter | undefined; show: Show }) {
  return (
    <Card>
      <EmptyState
        icon={<IconShieldCheck stroke={1.7} aria-hidden />}
        title={t('list.emptyTitle')}
        actions={
          state && (
            <Button
              onClick={() => {
                show(undefined);
              }}
            >
              {t('list.all')}
            </Button>
          )
        }
      >
        {t(`list.emptyText.${state ?? 'all'}`)}
      </EmptyState>
    </Card>
  );
}

function Results({ state, show }: { state: ConsentFilter | undefined; show: Show }) {
  const pages = usePages(state ?? '');
  const list = useQuery(consentPatientsQuery(state, pages.cursor));
  if (list.isPending) {
    return (
      <Card padding="none">
        <SkeletonRows rows={8} />
      </Card>
    );
  }
  if (list.isError) {
    return (
      <Card>
        <ErrorState error={list.error} title={t('list.load')} onRetry={() => void list.refetch()} />
      </Card>
    );
  }
  const { items, next_cursor: next } = list.data;
  if (items.length === 0 && pages.onPrevious === undefined) return <Nothing state={state} show={show} />;
  const onNext = pages.onNext(next);
  return (
    <div aria-busy={list.isPlaceholderData}>
      <ConsentsTable patients={items} />
      {(pages.onPrevious ?? onNext) && <Pager onPrevious={pages.onPrevious} onNext={onNext} />}
    </div>
  );
}

/** Patients by where their consent stands, each leading to the chain that proves it. */
export function ConsentsPage() {
  const can = useCan();
  const { estado } = readConsentsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const show: Show = (next) => {
    void navigate({ to: paths.consents, search: { estado: next }, replace: true, resetScroll: false });
  };
  const actions = can('notice:read') && (
    <ButtonLink to={paths.notice} icon={<IconFileText stroke={1.7} aria-hidden />}>
      {t('list.notice')}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader title={t('list.title')} titleInTopBar subtitle={t('list.subtitle')} actions={actions} />
      <Filters state={estado} show={show} />
      <Results state={estado} show={show} />
    </Page>
  );
}
