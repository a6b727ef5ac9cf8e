import type { ReactNode } from 'react';
import classes from './banner.module.css';
import { cx } from './cx';

interface BannerProps {
  family: 'red' | 'amber' | 'green' | 'blue' | 'teal';
  icon?: ReactNode;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons, at the right; under the text on phones. */
  action?: ReactNode;
  /** Spoken at once when it appears: lost connection, conflict. */
  live?: boolean;
  /** One line, the action at its end at every width; for a short text. */
  line?: boolean;
}

/** A notice across a page or a card: what is so, and what to do. */
export function Banner({ family, icon, title, children, action, live, line }: BannerProps) {
  return (
    <div className={cx(classes.banner, classes[family], line === true && classes.line)} role={live === true ? 'status' : undefined}>
      {icon !== undefined && <span className={classes.icon}>{icon}</span>}
      <div className={classes.text}>
        {title !== undefined && <strong className={classes.title}>{title}</strong>} {children}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
