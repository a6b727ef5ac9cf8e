import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { IconRefresh, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { usePages } from '@/components/ui/use-pages';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { PAGE_SIZE, patientsPage, type ListFilter } from '../api';
import { ListEmpty } from '../components/list-empty';
import { ListFilters } from '../components/list-filters';
import { PatientsTable } from '../components/patients-table';
import { enterRows, moveThroughRows } from '../components/row-arrows';
import { useListNews } from '../components/use-list-news';

import { readPatientsSearch } from '../search';
import { t } from '../t';
import classes from './patients-page.module.css';

const DEBOUNCE_MS = 120;

function News({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className={classes.news}>
      {count > 0 && (
        <Button size="s" icon={<IconRefresh aria-hidden />} onClick={onShow}>
          {t('list.news', { count })}
        </Button>
      )}
    </div>
  );
}

function Results({ filter }: { filter: ListFilter }) {
  const pages = usePages(JSON.stringify(filter));
  const list = useQuery(patientsPage(filter, pages.cursor));
  const items = list.data?.items ?? [];
  const news = useListNews(items.map((item) => item.id));
  const showNews = () => {
    news.clear();
    void list.refetch();
  };
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
  if (items.length === 0 && pages.onPrevious === undefined) return <ListEmpty filter={filter} />;
  return (
    <div onKeyDown={moveThroughRows} aria-busy={list.isPlaceholderData}>
      <News count={news.count} onShow={showNews} />
      <PatientsTable patients={items} />
      <Pager onPrevious={pages.onPrevious} onNext={pages.onNext(list.data.next_cursor)}>
        {t('list.perPage', { count: PAGE_SIZE })}
      </Pager>
      <span role="status" className="visually-hidden">
        {t('list.results', { count: items.length })}
      </span>
    </div>
  );
}

function RegisterLink() {
  return (
    <ButtonLink to={paths.newPatient} variant="primary" icon={<IconUserPlus stroke={1.7} aria-hidden />}>
      {t('list.register')}
    </ButtonLink>
  );
}

/** All the patients, found by what one remembers of them. */
export function PatientsPage() {
  const can = useCan();
  const search = readPatientsSearch(useSearch({ strict: false }));
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, DEBOUNCE_MS);
  const filter = {
    text: asked,
    archived: search.estado === 'archivados',
    withoutConsent: search.consentimiento === 'sin',
  };
  return (
    <Page>
      <PageHeader
        title={t('list.title')}
        titleInTopBar
        subtitle={t('list.order')}
        actions={can('patient:write') && <RegisterLink />}
      />
      <div className={classes.tools}>
        <SearchField
          label={t('list.search')}
          placeholder={t('list.placeholder')}
          value={text}
          onChange={setText}
          onKeyDown={enterRows}
        />
        <ListFilters search={search} />
      </div>
      <Results filter={filter} />
    </Page>
  );
}
