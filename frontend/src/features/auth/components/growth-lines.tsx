import classes from './growth-lines.module.css';

const WIDTH = 800;
const HEIGHT = 540;

/** Each line of the fan: where it leaves the left edge and how steeply it rises. */
const FAN = [
  { start: 400, bend: 150, end: -420 },
  { start: 416, bend: 196, end: -300 },
  { start: 430, bend: 236, end: -190 },
  { start: 444, bend: 270, end: -90 },
  { start: 472, bend: 330, end: 60 },
  { start: 486, bend: 362, end: 116 },
  { start: 500, bend: 392, end: 168 },
];

const MAIN = { start: 457, bend: 300, end: -20 };

/** The points of the child's own line, as distance from the left edge. */
const VISITS = [0.13, 0.25, 0.37, 0.5, 0.72, 0.87];

interface Line {
  start: number;
  bend: number;
  end: number;
}

function path({ start, bend, end }: Line): string {
  return `M0 ${String(start)} C ${String(WIDTH * 0.28)} ${String(bend - 60)}, ${String(WIDTH * 0.5)} ${String((bend + end) / 2 - 40)}, ${String(WIDTH)} ${String(end)}`;
}

function cubic(t: number, a: number, b: number, c: number, d: number): number {
  const u = 1 - t;
  return u ** 3 * a + 3 * u ** 2 * t * b + 3 * u * t ** 2 * c + t ** 3 * d;
}

function pointOn({ start, bend, end }: Line, t: number) {
  return {
    x: cubic(t, 0, WIDTH * 0.28, WIDTH * 0.5, WIDTH),
    y: cubic(t, start, bend - 60, (bend + end) / 2 - 40, end),
  };
}

/** A child's growth among its percentiles: decoration. */
export function GrowthLines({ className }: { className?: string | undefined }) {
  return (
    <svg
      className={className}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="xMidYMax slice"
      aria-hidden
    >
      {FAN.map((line) => (
        <path key={line.start} d={path(line)} className={classes.percentile} />
      ))}
      <path d={path(MAIN)} className={classes.child} />
      {VISITS.map((visit) => {
        const { x, y } = pointOn(MAIN, visit);
        return <circle key={visit} cx={x} cy={y} r="6" className={classes.visit} />;
      })}
    </svg>
  );
}
