import { IconCheck, IconX } from '@tabler/icons-react';
import { StatusChip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import type { SimEntry } from '../api';
import { clockPrecise } from '../moments';
import { t } from '../t';
import classes from './log-table.module.css';

function Answer({ status }: { status: number }) {
  const isFine = status >= 200 && status < 300;
  const Icon = isFine ? IconCheck : IconX;
  return (
    <span className={classes.answer} data-fine={isFine ? true : undefined}>
      <Icon size={15} stroke={2} aria-hidden />
      {status === 0 ? t('log.noAnswer') : status}
    </span>
  );
}

/** «/v26.0/1000…/messages» without the number in the middle. */
function shortPath(path: string): string {
  return path.replace(/\/\d{6,}\//, '/…/');
}

interface RowProps {
  entry: SimEntry;
  isSelected: boolean;
  onSelect: () => void;
}

function Row({ entry, isSelected, onSelect }: RowProps) {
  const isSend = entry.direction === 'send';
  const summary = entry.repeated ? t('log.repeated', { summary: entry.summary }) : entry.summary;
  return (
    <tr data-selected={isSelected ? true : undefined}>
      <td className={classes.time}>{clockPrecise(entry.at)}</td>
      <td>
        <StatusChip family={isSend ? 'blue' : 'violet'}>{t(`log.${entry.direction}`)}</StatusChip>
      </td>
      <td className={classes.path}>{shortPath(entry.path)}</td>
      <td>
        <button type="button" className={classes.open} aria-pressed={isSelected} onClick={onSelect}>
          {summary}
        </button>
      </td>
      <td>
        <Answer status={entry.http_status} />
      </td>
    </tr>
  );
}

interface LogTableProps {
  entries: readonly SimEntry[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

/** Everything that travelled, newest first. */
export function LogTable({ entries, selected, onSelect }: LogTableProps) {
  if (entries.length === 0) {
    return (
      <EmptyState level={3} title={t('log.empty')}>
        {t('log.emptyText')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.frame} role="group" aria-label={t('log.title')} tabIndex={0}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('log.caption')}</caption>
        <thead className="visually-hidden">
          <tr>
            {(['time', 'kind', 'path', 'summary', 'status'] as const).map((column) => (
              <th key={column} scope="col" className={column === 'path' ? classes.path : undefined}>
                {t(`log.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row
              key={entry.id}
              entry={entry}
              isSelected={entry.id === selected}
              onSelect={() => {
                onSelect(entry.id);
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
