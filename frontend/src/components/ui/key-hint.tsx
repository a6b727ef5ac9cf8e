import type { ReactNode } from 'react';
import classes from './key-hint.module.css';

/** A key as it stands on the keyboard. */
export function KeyHint({ children }: { children: ReactNode }) {
  return <kbd className={classes.key}>{children}</kbd>;
}
