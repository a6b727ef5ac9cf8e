import { IconAlertTriangle, IconCheck, IconCircle, IconCircleDashed, IconCircleDashedCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../t';
import type { ItemState, LiveItem } from '../progress';
import classes from './checklist.module.css';

const ICONS: Record<ItemState, ReactNode> = {
  complete: <IconCheck stroke={2} aria-hidden />,
  answered: <IconCircleDashedCheck stroke={1.7} aria-hidden />,
  in_progress: <IconCircle stroke={1.7} aria-hidden />,
  missing: <IconAlertTriangle stroke={1.7} aria-hidden />,
  optional: <IconCircleDashed stroke={1.7} aria-hidden />,
};

/** At the right: the answer, what is missing, how many, else the numeral. */
function sideOf(item: LiveItem): string {
  if (item.state === 'missing') return t('checklist.missing');
  if (item.state === 'answered' && item.answer !== undefined) return t(`omissions.short.${item.answer}`);
  if (item.count !== undefined && item.count > 0) return String(item.count);
  return item.numeral ?? '';
}

interface ChecklistProps {
  typeLabel: string;
  /** At the right of the kind: the way to another one. */
  change: ReactNode;
  items: readonly LiveItem[];
  done: number;
  total: number;
  /** The section in which one writes. */
  current: string | undefined;
  onGo: (key: string) => void;
  /** When and where the note was opened, and the copy in this browser. */
  foot: readonly string[];
}

/** What the kind of note asks for and how each part stands; a press leads there. */
export function Checklist({ typeLabel, change, items, done, total, current, onGo, foot }: ChecklistProps) {
  return (
    <>
      <div className={classes.head}>
        <p>{typeLabel}</p>
        {change}
      </div>
      <div className={classes.progress}>
        <progress className={classes.bar} value={done} max={Math.max(total, 1)} aria-label={t('checklist.law')} />
        <span className="figures">{t('checklist.progress', { done, total })}</span>
      </div>
      <p className={classes.law}>{t('checklist.law')}</p>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.key}>
            <button
              type="button"
              className={classes.item}
              data-state={item.state}
              aria-current={item.key === current ? 'true' : undefined}
              onClick={() => {
                onGo(item.key);
              }}
            >
              {ICONS[item.state]}
              <span className={classes.title}>
                {item.title}
                <span className="visually-hidden">{` ${t(`checklist.${item.state}`)}`}</span>
              </span>
              <span aria-hidden={item.state === 'missing' ? true : undefined} className={classes.side}>
                {sideOf(item)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        {foot.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </>
  );
}
