import type { ReactNode } from 'react';
import classes from './action-bar.module.css';

/** The foot of an editor on phones: its acts, always at hand. The primary one last. */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <div className={classes.bar} data-print="hide">
      {children}
    </div>
  );
}
