import { useQuery } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { entryQuery, type SimEntry } from '../api';
import { clockExact } from '../moments';
import { t } from '../t';
import classes from './entry-card.module.css';

const KEY = /("(?:[^"\\]|\\.)*")(?=\s*:)/g;

/** JSON with its keys in the accent's colour. */
function Json({ text }: { text: string }) {
  return (
    <pre className={classes.json} tabIndex={0} aria-label={t('entry.body')}>
      {text.split(KEY).map((part, index) =>
        // A split by a pattern with a group has the matches at the odd places.
        index % 2 === 1 ? (
          <span key={index} className={classes.key}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </pre>
  );
}

function Signature({ entry }: { entry: SimEntry }) {
  if (entry.signed !== true) return null;
  return (
    <StatusChip family="green" icon={<IconCheck aria-hidden />}>
      {t('entry.signed')}
    </StatusChip>
  );
}

/** One line of the log: its bytes, whether its signature was good, and what it came to. */
export function EntryCard({ id }: { id: string }) {
  const query = useQuery(entryQuery(id));
  if (query.isPending) {
    return (
      <Card>
        <SkeletonRows rows={2} />
      </Card>
    );
  }
  if (query.isError) {
    return (
      <Card>
        <ErrorState level={3} error={query.error} title={t('entry.load')} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  const entry = query.data;
  const title = t(`entry.${entry.direction}`, { time: clockExact(entry.at) });
  return (
    <Card title={title} action={<Signature entry={entry} />}>
      <Json text={entry.body ?? ''} />
      {entry.error && <p className={classes.error}>{t('entry.error', { error: entry.error })}</p>}
      {entry.result && <p className={classes.result}>{t('entry.result', { result: entry.result })}</p>}
    </Card>
  );
}
