import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import classes from './rows.module.css';

interface ListCardProps<Item> {
  title: ReactNode;
  icon: ReactNode;
  action?: ReactNode;
  query: UseQueryResult;
  items: readonly Item[] | undefined;
  /** Said when the list is empty. */
  none: string;
  /** Said when it cannot be brought. */
  failed: string;
  children: (item: Item, index: number) => ReactNode;
}

/** A card with a short list: on its way, failed, empty, or its rows. */
export function ListCard<Item>(props: ListCardProps<Item>) {
  const { title, icon, action, query, items, none, failed, children } = props;
  return (
    <Card divided padding="none" title={title} icon={icon} action={action}>
      {items === undefined && !query.isError && <SkeletonRows rows={3} />}
      {items === undefined && query.isError && (
        <ErrorState level={3} error={query.error} title={failed} onRetry={() => void query.refetch()} />
      )}
      {items?.length === 0 && <p className={classes.none}>{none}</p>}
      {items && items.length > 0 && <RowList>{items.map(children)}</RowList>}
    </Card>
  );
}
