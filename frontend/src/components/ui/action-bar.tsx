import type { ReactNode } from 'react';
import classes from './action-bar.module.css';

interface ActionBarProps {
  /** What has to be seen before the acts are pressed; across the bar, above them. */
  notice?: ReactNode;
  /** The acts, the primary one last. */
  children: ReactNode;
}

/** The foot of an editor on phones: its acts, always at hand. */
export function ActionBar({ notice, children }: ActionBarProps) {
  return (
    <div className={classes.bar} data-print="hide">
      <div className={classes.notice}>{notice}</div>
      {children}
    </div>
  );
}
