import type { components } from '@/lib/api/schema';
import { longLabel, shortLabel, unitOf, type MeasureKey } from '@/lib/measures';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/readings.json';

const t = translator(texts);

type Schemas = components['schemas'];

export type Reading = Schemas['VitalSignsReading'];
export type Series = Schemas['MeasureSeries'];

/**
 * What is shown as one value: the two pressures together, a measure, or one computed from others.
 * In the order in which they are shown.
 */
export const SHOWN = [
  'blood_pressure',
  'heart_rate',
  'glucose',
  'weight_kg',
  'bmi',
  'oxygen_saturation',
  'temperature',
  'respiratory_rate',
  'height_cm',
  'waist_cm',
  'head_circumference_cm',
] as const;

export type ShownKey = (typeof SHOWN)[number];

/** «Presión arterial» */
export function shownLabel(key: ShownKey): string {
  return key === 'bmi' ? t('bmi.long') : longLabel(key);
}

/** «TA» */
export function shownShort(key: ShownKey): string {
  return key === 'bmi' ? t('bmi.short') : shortLabel(key);
}

export function shownUnit(key: ShownKey): string {
  if (key === 'bmi') return 'kg/m²';
  return unitOf(key === 'blood_pressure' ? 'systolic' : (key satisfies MeasureKey));
}

/** One value with its moment. */
export interface ShownPoint {
  at: string;
  readingId: string;
  value: number;
  /** The diastolic pressure. */
  lower?: number | undefined;
}

export interface ShownSeries {
  key: ShownKey;
  /** The oldest first; never empty. */
  points: readonly ShownPoint[];
  low?: number | undefined;
  high?: number | undefined;
  /** The greatest normal diastolic pressure. */
  highLower?: number | undefined;
}

function pointsOf(series: Series | undefined): ShownPoint[] {
  return (series?.points ?? []).map(({ at, value, reading_id: readingId }) => ({ at, value, readingId }));
}

/** Both pressures of the same reading in one point. */
function pressurePoints(systolic: Series | undefined, diastolic: Series | undefined): ShownPoint[] {
  const lower = new Map(diastolic?.points.map(({ reading_id: id, value }) => [id, value]));
  return pointsOf(systolic).flatMap((point) => {
    const value = lower.get(point.readingId);
    return value === undefined ? [] : [{ ...point, lower: value }];
  });
}

/** The server's series as they are shown, each with at least one value. */
export function shownSeries(series: readonly Series[]): ShownSeries[] {
  const by = new Map(series.map((one) => [one.key, one]));
  return SHOWN.flatMap((key) => {
    const isPressure = key === 'blood_pressure';
    const own = by.get(isPressure ? 'systolic' : key);
    const points = isPressure ? pressurePoints(own, by.get('diastolic')) : pointsOf(own);
    if (points.length === 0) return [];
    const highLower = isPressure ? by.get('diastolic')?.high : undefined;
    return [{ key, points, low: own?.low, high: own?.high, highLower }];
  });
}

/** «138/86», «78.6» */
export function sayValue({ value, lower }: Pick<ShownPoint, 'value' | 'lower'>): string {
  return lower === undefined ? String(value) : `${String(value)}/${String(lower)}`;
}

/** The value of a reading as it is shown; undefined when it was not taken. */
export function shownValue(reading: Reading, key: ShownKey): string | undefined {
  if (key === 'blood_pressure') {
    const { systolic, diastolic } = reading;
    return systolic === undefined || diastolic === undefined ? undefined : sayValue({ value: systolic, lower: diastolic });
  }
  const value = reading[key];
  return value === undefined ? undefined : String(value);
}

/** The difference between two values with its sign and no more decimals than they have: «−0.6», «+2»; 0 is «0». */
export function sayDelta(now: number, before: number): string {
  const delta = Math.round((now - before) * 100) / 100;
  if (delta === 0) return '0';
  return delta > 0 ? `+${String(delta)}` : `−${String(-delta)}`;
}
