import type { ReactNode } from 'react';
import classes from './state.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  /** «Aún no hay estudios». */
  title: string;
  /** What will be here, and what to do. */
  children?: ReactNode;
  actions?: ReactNode;
  /** Headings go down by one: 3 inside a card that has a title. */
  level?: 2 | 3;
}

/** What this place is for and what to do, when there is nothing in it yet. */
export function EmptyState({ icon, title, children, actions, level = 2 }: EmptyStateProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={classes.state}>
      {icon !== undefined && <span className={classes.icon}>{icon}</span>}
      <Heading className={classes.title}>{title}</Heading>
      {children !== undefined && <p className={classes.text}>{children}</p>}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
