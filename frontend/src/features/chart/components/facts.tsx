import type { ReactNode } from 'react';
import { t } from '../t';
import classes from './facts.module.css';

export interface Fact {
  label: string;
  /** Left out or empty: nobody has written it. */
  value?: ReactNode;
  /** Does not fit in half of a phone and does not wrap: a CURP. */
  wide?: boolean;
}

function isKnown(value: ReactNode): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}

/** Facts with their names; what nobody has written shows as a dash, and is said. */
export function Facts({ facts, columns = 1 }: { facts: readonly Fact[]; columns?: 1 | 3 }) {
  return (
    <dl className={classes.facts} data-columns={columns}>
      {facts.map(({ label, value, wide }) => (
        <div key={label} className={classes.fact} data-wide={wide}>
          <dt>{label}</dt>
          <dd>
            {isKnown(value) ? (
              value
            ) : (
              <>
                <span aria-hidden>—</span>
                <span className="visually-hidden">{t('nothing')}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
