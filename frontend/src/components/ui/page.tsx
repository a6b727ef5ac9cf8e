import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** `narrow` for forms and settings, which read badly across a wide screen. */
  width?: 'full' | 'narrow';
  children: ReactNode;
}

/** The padding and the greatest width of a page's content. */
export function Page({ width = 'full', children }: PageProps) {
  return (
    <div className={classes.page} data-width={width}>
      {children}
    </div>
  );
}
