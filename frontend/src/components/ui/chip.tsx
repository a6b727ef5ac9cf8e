import type { ReactNode } from 'react';
import classes from './chip.module.css';
import { cx } from './cx';

/** What a colour means: see the families of tokens.css. */
export type Family = 'red' | 'amber' | 'green' | 'blue' | 'violet' | 'grey' | 'teal';

interface StatusChipProps {
  family: Family;
  /** Colour never speaks alone: a state has its word, and its icon where one exists. */
  icon?: ReactNode;
  /** No fill and a dashed edge: pending, not granted. */
  dashed?: boolean;
  struck?: boolean;
  children: ReactNode;
  className?: string;
}

/** A state in icon and word. */
export function StatusChip({ family, icon, dashed, struck, children, className }: StatusChipProps) {
  return (
    <span
      className={cx(
        classes.chip,
        classes[family],
        dashed === true && classes.dashed,
        struck === true && classes.struck,
        className,
      )}
    >
      {icon}
      <span>{children}</span>
    </span>
  );
}

interface FilterChipProps {
  selected: boolean;
  onToggle: () => void;
  count?: number | undefined;
  children: ReactNode;
}

/** A filter that is on or off. */
export function FilterChip({ selected, onToggle, count, children }: FilterChipProps) {
  return (
    <button type="button" className={classes.filter} aria-pressed={selected} onClick={onToggle}>
      {children}
      {count !== undefined && <span className={classes.filterCount}>{count}</span>}
    </button>
  );
}

interface CountProps {
  /** Red: a person waits. Amber: a term runs. Grey: just a number. */
  family: 'red' | 'amber' | 'grey';
  children: ReactNode;
}

/** A small number beside a title or a menu entry. */
export function Count({ family, children }: CountProps) {
  return <span className={cx(classes.count, classes[family])}>{children}</span>;
}
