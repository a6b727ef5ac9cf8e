import classes from './charts.module.css';
import { pointsOf, rangeOf, scaleOf, type Band } from './scale';

const WIDTH = 160;
const HEIGHT = 28;
const EDGE = 4;

interface SparklineProps {
  /** The oldest first. */
  values: readonly number[];
  /** The normal range, drawn behind the line. */
  band?: Band | undefined;
}

function hasLimit({ low, high }: Band): boolean {
  return low !== undefined || high !== undefined;
}

/**
 * The last values of a measure as a line without axes, with the normal range behind it. It stands
 * beside the value in words, so it is hidden from screen readers.
 */
export function Sparkline({ values, band = {} }: SparklineProps) {
  if (values.length < 2) return null;
  const range = rangeOf(values, band);
  const y = scaleOf(range, HEIGHT - 1, 1);
  const x = scaleOf({ min: 0, max: values.length - 1 }, EDGE, WIDTH - EDGE);
  const points = values.map((value, index) => ({ x: x(index), y: y(value) }));
  const last = points.at(-1);
  const top = y(band.high ?? range.max);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className={classes.small}>
      {hasLimit(band) && (
        <rect x={0} y={top} width={WIDTH} height={y(band.low ?? range.min) - top} className={classes.band} />
      )}
      <polyline points={pointsOf(points)} className={classes.line} />
      {last && <circle cx={last.x} cy={last.y} r={3} className={classes.last} />}
    </svg>
  );
}
