import { Fragment } from 'react';
import classes from './charts.module.css';
import { pointsOf, rangeOf, scaleOf, ticksOf, type Band, type Range } from './scale';

const WIDTH = 380;
const HEIGHT = 180;
const LEFT = 38;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
/** More points than these stand too close: only lines and the last one are drawn. */
const MOST_MARKS = 40;

export interface TrendPoint {
  /** RFC 3339. */
  at: string;
  value: number;
  /** A second value of the same moment: the diastolic pressure. Both are joined by a bar. */
  lower?: number | undefined;
}

interface TrendChartProps {
  /** All of it in words; the values themselves stand in a table beside. */
  label: string;
  /** The oldest first. */
  points: readonly TrendPoint[];
  band?: Band | undefined;
  /** Limits drawn as dashed lines instead of a band. */
  limits?: readonly number[];
  /** How a moment stands under the axis, and in full. */
  sayTime: (at: string) => string;
  /** One point in words, shown when the pointer rests on it. */
  sayPoint: (point: TrendPoint) => string;
}

function Axes({ range, y, from, to }: { range: Range; y: (value: number) => number; from: string; to: string }) {
  return (
    <>
      {ticksOf(range, 4).map((tick) => (
        <Fragment key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} className={classes.grid} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className={classes.text}>
            {tick}
          </text>
        </Fragment>
      ))}
      <text x={LEFT} y={HEIGHT - 6} className={classes.text}>
        {from}
      </text>
      {to !== from && (
        <text x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end" className={classes.text}>
          {to}
        </text>
      )}
    </>
  );
}

interface Placed extends TrendPoint {
  x: number;
  y: number;
  yLower: number | undefined;
}

function place(points: readonly TrendPoint[], y: (value: number) => number): Placed[] {
  const times = points.map(({ at }) => new Date(at).getTime());
  const inset = 6;
  const x = scaleOf({ min: Math.min(...times), max: Math.max(...times) }, LEFT + inset, WIDTH - RIGHT - inset);
  return points.map((point, index) => ({
    ...point,
    x: x(times[index] ?? 0),
    y: y(point.value),
    yLower: point.lower === undefined ? undefined : y(point.lower),
  }));
}

/** A lone point, or both ends of a pair and the bar between them. */
function Mark({ point, isLast, words }: { point: Placed; isLast: boolean; words: string }) {
  const { x, y, yLower } = point;
  return (
    <g>
      <title>{words}</title>
      {yLower === undefined ? (
        <circle cx={x} cy={y} r={isLast ? 4 : 3} className={isLast ? classes.last : classes.dot} />
      ) : (
        <line x1={x} x2={x} y1={y} y2={yLower} className={classes.bar} data-last={isLast} />
      )}
    </g>
  );
}

/** The line through the values; pairs that stand too close for bars have one at each end. */
function Lines({ placed, isDense }: { placed: readonly Placed[]; isDense: boolean }) {
  const lower = placed.flatMap(({ x, yLower }) => (yLower === undefined ? [] : [{ x, y: yLower }]));
  if (lower.length > 0 && !isDense) return null;
  return (
    <>
      <polyline points={pointsOf(placed)} className={classes.line} />
      {lower.length > 0 && <polyline points={pointsOf(lower)} className={classes.line} />}
    </>
  );
}

/** One measure over time, on an axis of real time, with its normal range. */
export function TrendChart({ label, points, band = {}, limits = [], sayTime, sayPoint }: TrendChartProps) {
  const values = points.flatMap(({ value, lower }) => (lower === undefined ? [value] : [value, lower]));
  const range = rangeOf([...values, ...limits], band);
  const y = scaleOf(range, HEIGHT - BOTTOM, TOP);
  const placed = place(points, y);
  const isDense = placed.length > MOST_MARKS;
  const marked = isDense ? placed.slice(-1) : placed;
  const top = y(band.high ?? range.max);
  const hasBand = band.low !== undefined || band.high !== undefined;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className={classes.large}>
      {hasBand && (
        <rect
          x={LEFT}
          y={top}
          width={WIDTH - LEFT - RIGHT}
          height={y(band.low ?? range.min) - top}
          className={classes.band}
        />
      )}
      <Axes range={range} y={y} from={sayTime(points[0]?.at ?? '')} to={sayTime(points.at(-1)?.at ?? '')} />
      {limits.map((limit) => (
        <line key={limit} x1={LEFT} x2={WIDTH - RIGHT} y1={y(limit)} y2={y(limit)} className={classes.limit} />
      ))}
      <Lines placed={placed} isDense={isDense} />
      {marked.map((point, index) => (
        <Mark key={index} point={point} isLast={index === marked.length - 1} words={sayPoint(point)} />
      ))}
    </svg>
  );
}
