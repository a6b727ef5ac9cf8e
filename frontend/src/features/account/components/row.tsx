import type { ReactNode } from 'react';
import classes from './account.module.css';

interface RowProps {
  name: ReactNode;
  /** A state beside the name. */
  chip?: ReactNode;
  children?: ReactNode;
  /** Buttons at the right; under the words on a phone. */
  acts?: ReactNode;
}

/** One line of a card: what it is, how it stands, and what may be done. */
export function Row({ name, chip, children, acts }: RowProps) {
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {name}
          {chip}
        </div>
        {children !== undefined && <div className={classes.detail}>{children}</div>}
      </div>
      {acts !== undefined && <div className={classes.acts}>{acts}</div>}
    </li>
  );
}
