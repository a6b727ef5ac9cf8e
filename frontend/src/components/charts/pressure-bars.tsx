import classes from './charts.module.css';
import { rangeOf, scaleOf } from './scale';

const WIDTH = 160;
const HEIGHT = 28;
const EDGE = 8;
/** The most bars that still stand apart. */
const MOST = 8;

export interface Pressure {
  systolic: number;
  diastolic: number;
}

interface PressureBarsProps {
  /** The oldest first. */
  values: readonly Pressure[];
  /** The greatest normal systolic pressure, drawn as a dashed line. */
  limit?: number | undefined;
}

/** The last blood pressures, each a bar from the diastolic to the systolic; beside the value in words. */
export function PressureBars({ values, limit }: PressureBarsProps) {
  const shown = values.slice(-MOST);
  if (shown.length < 2) return null;
  const range = rangeOf(shown.flatMap(({ systolic, diastolic }) => [systolic, diastolic]), { high: limit });
  const y = scaleOf(range, HEIGHT - 1, 1);
  const x = scaleOf({ min: 0, max: shown.length - 1 }, EDGE, WIDTH - EDGE);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className={classes.small}>
      {limit !== undefined && <line x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} className={classes.limit} />}
      {shown.map(({ systolic, diastolic }, index) => (
        <line
          key={index}
          x1={x(index)}
          x2={x(index)}
          y1={y(systolic)}
          y2={y(diastolic)}
          className={classes.bar}
          data-last={index === shown.length - 1}
        />
      ))}
    </svg>
  );
}
