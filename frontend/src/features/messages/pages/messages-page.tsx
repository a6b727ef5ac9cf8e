import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconMessage2 } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { CallsCard } from '../components/calls-card';
import { MessageList } from '../components/message-list';
import { readMessagesSearch, STATUSES, type MessagesSearch } from '../search';
import { t } from '../t';
import classes from './messages-page.module.css';

function Filters({ search, show }: { search: MessagesSearch; show: (next: MessagesSearch) => void }) {
  return (
    <div role="group" aria-label={t('list.filters')} className={classes.filters}>
      <FilterChip
        selected={search.estado === undefined}
        onToggle={() => {
          show({});
        }}
      >
        {t('filters.all')}
      </FilterChip>
      {STATUSES.map((status) => (
        <FilterChip
          key={status}
          selected={search.estado === status}
          onToggle={() => {
            show({ estado: search.estado === status ? undefined : status });
          }}
        >
          {t(`filters.${status}`)}
        </FilterChip>
      ))}
    </div>
  );
}

function Nothing({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  return (
    <EmptyState
      level={3}
      icon={<IconMessage2 stroke={1.7} aria-hidden />}
      title={isFiltered ? t('list.emptyFiltered') : t('list.empty')}
      actions={isFiltered && <Button onClick={onShowAll}>{t('list.showAll')}</Button>}
    >
      {isFiltered ? t('list.emptyFilteredText') : t('list.emptyText')}
    </EmptyState>
  );
}

/** The worklist of calls, and everything that was sent and received. */
export function MessagesPage() {
  const search = readMessagesSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const show = (next: MessagesSearch) => {
    void navigate({ to: paths.messages, search: next, replace: true, resetScroll: false });
  };
  const showAll = () => {
    show({});
  };
  return (
    <Page>
      <PageHeader title={t('title')} titleInTopBar subtitle={t('subtitle')} />
      <CallsCard />
      <h2 className={classes.heading}>{t('list.title')}</h2>
      <Filters search={search} show={show} />
      <MessageList
        filter={{ status: search.estado }}
        empty={<Nothing isFiltered={search.estado !== undefined} onShowAll={showAll} />}
      />
    </Page>
  );
}
