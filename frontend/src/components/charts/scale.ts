/** The stretch of an axis. */
export interface Range {
  min: number;
  max: number;
}

/** The normal range of a measure; a side that is left out is open. */
export interface Band {
  low?: number | undefined;
  high?: number | undefined;
}

/** How much of the axis stays free above and below the values. */
const AIR = 0.12;

/** A step this much finer than wanted is better than the next coarser one. */
const NEAR = 0.75;

/** The range that holds all the values and the limits of the band, with some air; a flat line gets air too. */
export function rangeOf(values: readonly number[], { low, high }: Band = {}): Range {
  const all = [...values, low, high].filter((value) => value !== undefined);
  const min = Math.min(...all);
  const max = Math.max(...all);
  const air = max === min ? Math.max(Math.abs(max) * 0.05, 1) : (max - min) * AIR;
  return { min: min - air, max: max + air };
}

/** Where a value stands between `from` and `to`, in the units of the drawing. */
export function scaleOf({ min, max }: Range, from: number, to: number): (value: number) => number {
  const span = max - min;
  return (value) => (span === 0 ? (from + to) / 2 : from + ((value - min) / span) * (to - from));
}

/** Round values of an axis, about `wanted` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf({ min, max }: Range, wanted: number): number[] {
  const rough = (max - min) / Math.max(wanted, 1);
  if (!(rough > 0)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * NEAR) ?? 10) * power;
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.ceil(min / step);
  const last = Math.floor(max / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toFixed(decimals)));
}

/** The points of a polyline. */
export function pointsOf(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}
