import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconPrescription } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { prescriptionsQuery } from '@/lib/prescriptions';
import { PrescriptionList } from '../components/prescription-list';
import classes from '../components/prescription-list.module.css';
import { list as t } from '../list-t';
import { readPrescriptionsSearch, STATUSES, type PrescriptionsSearch } from '../search';

const LABELS = { draft: t('drafts'), signed: t('signedOnes'), voided: t('voidedOnes') };

function Filters({ search, show }: { search: PrescriptionsSearch; show: (next: PrescriptionsSearch) => void }) {
  const { estado, mias } = search;
  return (
    <div role="group" aria-label={t('filters')} className={classes.filters}>
      <FilterChip
        selected={estado === undefined}
        onToggle={() => {
          show({ mias });
        }}
      >
        {t('all')}
      </FilterChip>
      {STATUSES.map((status) => (
        <FilterChip
          key={status}
          selected={estado === status}
          onToggle={() => {
            show({ mias, estado: estado === status ? undefined : status });
          }}
        >
          {LABELS[status]}
        </FilterChip>
      ))}
      <FilterChip
        selected={mias === true}
        onToggle={() => {
          show({ estado, mias: mias === true ? undefined : true });
        }}
      >
        {t('mine')}
      </FilterChip>
    </div>
  );
}

function Nothing({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<IconPrescription stroke={1.7} aria-hidden />}
      title={t(isFiltered ? 'emptyFiltered' : 'emptyTitle')}
      actions={isFiltered && <Button onClick={onShowAll}>{t('showAll')}</Button>}
    >
      {t(isFiltered ? 'emptyFilteredText' : 'emptyText')}
    </EmptyState>
  );
}

/** The recetas of the clinic with their state. */
export function PrescriptionsPage() {
  const search = readPrescriptionsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { estado: status, mias: mine = false } = search;
  const show = (next: PrescriptionsSearch) => {
    void navigate({ to: paths.prescriptions, search: next, replace: true, resetScroll: false });
  };
  return (
    <Page>
      <PageHeader title={t('title')} titleInTopBar subtitle={t('subtitle')} />
      <Filters search={search} show={show} />
      <PrescriptionList
        withPatient
        asked={`${status ?? ''} ${String(mine)}`}
        query={(cursor) => prescriptionsQuery({ status, mine, cursor })}
        empty={
          <Nothing
            isFiltered={status !== undefined || mine}
            onShowAll={() => {
              show({});
            }}
          />
        }
      />
    </Page>
  );
}
