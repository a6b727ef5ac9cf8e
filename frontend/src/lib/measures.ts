import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/measures.json';
import { MEASURES_TABLE } from './measures-table';

const t = translator(texts);

export type MeasureKey = keyof typeof MEASURES_TABLE;

/** The vital signs, by the names of the API, in the order in which they are shown. */
export const MEASURES = Object.keys(MEASURES_TABLE) as readonly MeasureKey[];

/** What was measured, in the units of the API; what was not is absent. */
export type MeasureSet = Partial<Record<MeasureKey, number>>;

/** The same as it is typed. */
export type TypedMeasures = Partial<Record<MeasureKey, string>>;

export function unitOf(key: MeasureKey): string {
  return MEASURES_TABLE[key].unit;
}

/** «FC», as it stands above a value. */
export function shortLabel(key: MeasureKey | 'blood_pressure'): string {
  return t(`short.${key}`);
}

/** «Frecuencia cardiaca», as it is read aloud. */
export function longLabel(key: MeasureKey | 'blood_pressure'): string {
  return key === 'blood_pressure' ? t('bloodPressure') : MEASURES_TABLE[key].label;
}

/** A number as people type it, with comma or point; undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  const typed = text.trim().replace(',', '.');
  return /^\d+(\.\d*)?$|^\.\d+$/.test(typed) ? Number(typed) : undefined;
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}

function otherUnit(key: MeasureKey, value: number): string | undefined {
  if (key === 'temperature' && value >= 90 && value <= 113) {
    return t('fault.fahrenheit', { value: String(value), other: String(round(((value - 32) * 5) / 9, 1)) });
  }
  if (key === 'height_cm' && value >= 0.3 && value <= 2.5) {
    return t('fault.metres', { value: String(value), other: String(round(value * 100, 1)) });
  }
  return undefined;
}

function faultOf(key: MeasureKey, text: string): string | undefined {
  const value = parseNumber(text);
  if (value === undefined) return t('fault.number');
  const { min, max, unit, decimals } = MEASURES_TABLE[key];
  if (value < min || value > max) {
    return otherUnit(key, value) ?? t('fault.range', { min: String(min), max: String(max), unit });
  }
  if (decimalsOf(value) <= decimals) return undefined;
  return decimals === 0 ? t('fault.integer') : t('fault.decimals', { count: decimals });
}

/** Half a pressure is kept, since somebody is still typing; one that is upside down is not. */
function judgePressure({ set, faults }: ReadMeasures): void {
  const { systolic, diastolic } = set;
  if (faults.systolic !== undefined || faults.diastolic !== undefined) return;
  if (systolic === undefined && diastolic === undefined) return;
  if (systolic === undefined) faults.systolic = t('fault.pairSystolic');
  else if (diastolic === undefined) faults.diastolic = t('fault.pairDiastolic');
  else if (systolic <= diastolic) {
    faults.systolic = t('fault.order');
    delete set.systolic;
    delete set.diastolic;
  }
}

export interface ReadMeasures {
  /** What can be sent: everything without a fault. */
  set: MeasureSet;
  /** What cannot be, by its field. */
  faults: Partial<Record<MeasureKey, string>>;
  /** What is possible and rare, by its field. */
  warnings: Partial<Record<MeasureKey, string>>;
}

/** Reads what was typed: the values that hold, what cannot be, and what is worth asking again. */
export function readMeasures(typed: TypedMeasures): ReadMeasures {
  const result: ReadMeasures = { set: {}, faults: {}, warnings: {} };
  for (const key of MEASURES) {
    const text = typed[key]?.trim() ?? '';
    if (text === '') continue;
    const fault = faultOf(key, text);
    if (fault !== undefined) result.faults[key] = fault;
    else readOne(result, key, parseNumber(text) ?? 0);
  }
  judgePressure(result);
  return result;
}

function readOne(result: ReadMeasures, key: MeasureKey, value: number): void {
  result.set[key] = value;
  const { usualMin, usualMax, unit } = MEASURES_TABLE[key];
  if (value < usualMin || value > usualMax) result.warnings[key] = t('improbable', { value: String(value), unit });
}

/** Body mass index in kg/m², with one decimal; undefined without weight and height. */
export function bodyMassIndex({ weight_kg: weight, height_cm: height }: MeasureSet): number | undefined {
  if (weight === undefined || height === undefined || height <= 0) return undefined;
  return round(weight / (height / 100) ** 2, 1);
}

/** Mean arterial pressure in mmHg: the diastolic pressure and a third of the pulse pressure. */
export function meanPressure({ systolic, diastolic }: MeasureSet): number | undefined {
  if (systolic === undefined || diastolic === undefined) return undefined;
  return round(diastolic + (systolic - diastolic) / 3, 0);
}

/** The values as they are typed, to begin a form with. */
export function typedMeasures(set: MeasureSet): TypedMeasures {
  return Object.fromEntries(MEASURES.flatMap((key) => (set[key] === undefined ? [] : [[key, String(set[key])]])));
}
