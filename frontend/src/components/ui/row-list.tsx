import type { ReactNode } from 'react';
import classes from './row-list.module.css';

/** Rows divided by hairlines, as inside a card with `padding="none"`; children are `<li>`. */
export function RowList({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}
