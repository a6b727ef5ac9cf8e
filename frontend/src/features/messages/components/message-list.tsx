import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { NewsButton } from '@/components/ui/news-button';
import { Pager } from '@/components/ui/pager';
import { SkeletonRows } from '@/components/ui/skeleton';
import { usePages } from '@/components/ui/use-pages';
import { useHeldRows } from '@/lib/held-rows';
import { messagesPage, PAGE_SIZE, type MessageFilter } from '../api';
import { t } from '../t';
import { MessagesTable } from './messages-table';

interface MessageListProps {
  filter: MessageFilter;
  /** What is said when there is nothing. */
  empty: ReactNode;
}

/** The messages that a filter finds, page by page and live. */
export function MessageList({ filter, empty }: MessageListProps) {
  const asked = JSON.stringify(filter);
  const pages = usePages(asked);
  const list = useQuery(messagesPage(filter, pages.cursor));
  const { rows, news, show } = useHeldRows(asked + (pages.cursor ?? ''), list.data?.items, 'keep');
  const isFirst = pages.cursor === undefined;
  if (list.isPending) {
    return (
      <Card padding="none">
        <SkeletonRows rows={6} />
      </Card>
    );
  }
  if (list.isError) {
    return (
      <Card>
        <ErrorState level={3} error={list.error} title={t('load')} onRetry={() => void list.refetch()} />
      </Card>
    );
  }
  if (rows.length === 0) return <Card>{empty}</Card>;
  const next = pages.onNext(list.data.next_cursor);
  return (
    <>
      <NewsButton label={isFirst && news > 0 ? t('list.news', { count: news }) : undefined} onShow={show} />
      <MessagesTable messages={rows} withPatient={filter.patientId === undefined} />
      {(pages.onPrevious ?? next) && (
        <Pager onPrevious={pages.onPrevious} onNext={next}>
          {t('list.perPage', { count: PAGE_SIZE })}
        </Pager>
      )}
    </>
  );
}
