import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '@/lib/t';
import classes from './error-summary.module.css';

export interface SummaryItem {
  /** The `name` of the field. */
  name: string;
  label: string;
  message: string;
}

interface ErrorSummaryProps {
  items: readonly SummaryItem[];
  /** An error that belongs to no field. */
  message?: ReactNode;
  /** Grows with each rejected attempt; the summary takes focus each time. */
  attempt: number;
  onPick: (name: string) => void;
}

/** All that stops a form, on top of it, each entry leading to its field. */
export function ErrorSummary({ items, message, attempt, onPick }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (items.length === 0 && message === undefined) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className={classes.summary}>
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
      <div>
        {items.length > 0 && <p className={classes.title}>{t('form.summary', { count: items.length })}</p>}
        {message !== undefined && <p>{message}</p>}
        {items.length > 0 && (
          <ul className={classes.list}>
            {items.map((item) => (
              <li key={item.name}>
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => {
                    onPick(item.name);
                  }}
                >
                  {item.label === '' ? item.message : `${item.label}: ${item.message}`}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
