import type { ReactNode } from 'react';
import { t } from '@/lib/t';
import classes from './skeleton.module.css';
import { cx } from './cx';

interface SkeletonProps {
  /** Any CSS length; numbers are pixels. */
  width?: number | string;
  height?: number;
  circle?: boolean;
}

/** The shape of one thing that is coming. */
export function Skeleton({ width = '100%', height = 14, circle }: SkeletonProps) {
  return <span className={cx(classes.shape, circle === true && classes.circle)} style={{ width, height }} />;
}

/**
 * Wraps the skeletons of a page or a card: silent to the eye for 200 ms, so that a quick answer
 * does not flicker, and one sentence for screen readers.
 */
export function Loading({ children, label }: { children?: ReactNode; label?: string }) {
  return (
    <div role="status">
      <span className="visually-hidden">{label ?? t('loading')}</span>
      <div aria-hidden className={classes.late}>
        {children}
      </div>
    </div>
  );
}

/** Rows of a list or a table that is coming. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <Loading>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row}>
          <Skeleton circle width={32} height={32} />
          <div className={classes.lines}>
            <Skeleton width={`${String(34 + ((index * 17) % 30))}%`} height={13} />
            <Skeleton width={`${String(18 + ((index * 11) % 18))}%`} height={10} />
          </div>
        </div>
      ))}
    </Loading>
  );
}
