import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './card.module.css';
import { cx } from './cx';

interface CardProps {
  /** A card with a title is a region of the page with that name. */
  title?: ReactNode;
  icon?: ReactNode;
  /** At the right of the title: a link, a button, a small note. */
  action?: ReactNode;
  /** A hairline under the title, for cards that hold rows. */
  divided?: boolean;
  /** `none` when the children bring their own padding: rows, tables. */
  padding?: 'normal' | 'none';
  tone?: 'normal' | 'accent';
  className?: string;
  children: ReactNode;
}

/** A piece of a page: hairline edge, optional title with icon and action. */
export function Card({ title, icon, action, divided, padding = 'normal', tone = 'normal', className, children }: CardProps) {
  const id = useId();
  const hasHeader = title !== undefined;
  return (
    <section
      className={cx(classes.card, tone === 'accent' && classes.accent, className)}
      aria-labelledby={hasHeader ? id : undefined}
    >
      {hasHeader && (
        <div className={cx(classes.header, divided === true && classes.divided)}>
          {icon !== undefined && <span className={classes.icon}>{icon}</span>}
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {action !== undefined && <div className={classes.action}>{action}</div>}
        </div>
      )}
      <div className={cx(padding === 'normal' && classes.body, hasHeader && divided !== true && classes.tight)}>
        {children}
      </div>
    </section>
  );
}
