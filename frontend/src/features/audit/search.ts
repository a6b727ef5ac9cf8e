import { addDays, startOfDay } from '@/lib/zone';
import { splitDate } from '@/lib/dates';

/** The filters as they stand in the address: codes, dates and ids, never a name. */
export interface AuditSearch {
  /** hoy (left out), ayer, 7, 30, todas, or a date. */
  fecha?: string | undefined;
  quien?: string | undefined;
  accion?: string | undefined;
  resultado?: Outcome | undefined;
  paciente?: string | undefined;
  /** The event whose detail is open. */
  evento?: string | undefined;
}

export const OUTCOMES = ['success', 'denied', 'failure'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ACTION = /^[a-z_]{1,40}\.[a-z_]{1,40}$/;

export const RANGES = ['ayer', '7', '30', 'todas'] as const;

function text(value: unknown): string | undefined {
  // The router reads «?fecha=7» as a number.
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  const found = text(value);
  return found !== undefined && pattern.test(found) ? found : undefined;
}

function dateOf(value: unknown): string | undefined {
  const found = text(value) ?? '';
  const isKnown = RANGES.some((range) => range === found) || splitDate(found) !== undefined;
  return isKnown ? found : undefined;
}

/** Keeps what is known and drops the rest. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    fecha: dateOf(search.fecha),
    quien: matching(search.quien, UUID),
    accion: matching(search.accion, ACTION),
    resultado: OUTCOMES.find((outcome) => outcome === search.resultado),
    paciente: matching(search.paciente, UUID),
    evento: matching(search.evento, UUID),
  };
}

/** What the API is asked: instants, so that a day is the office's day. */
export interface AuditFilter {
  from?: string;
  to?: string;
  actor_id?: string;
  action?: string;
  outcome?: Outcome;
  patient_id?: string;
}

function days(fecha: string | undefined, today: string): [first: string, last: string] | undefined {
  switch (fecha) {
    case 'todas':
      return undefined;
    case undefined:
      return [today, today];
    case 'ayer':
      return [addDays(today, -1), addDays(today, -1)];
    case '7':
    case '30':
      return [addDays(today, 1 - Number(fecha)), today];
    default:
      return [fecha, fecha];
  }
}

function range(fecha: string | undefined, today: string, zone: string): Pick<AuditFilter, 'from' | 'to'> {
  const found = days(fecha, today);
  if (!found) return {};
  const from = startOfDay(found[0], zone);
  // What is happening now is in: the end stays open for ranges that reach today.
  const to = found[1] >= today ? undefined : startOfDay(addDays(found[1], 1), zone);
  return { ...(from && { from }), ...(to && { to }) };
}

/** The question that the address asks, on the office's calendar. */
export function toFilter(search: AuditSearch, today: string, zone: string): AuditFilter {
  const { quien, accion, resultado, paciente } = search;
  return {
    ...range(search.fecha, today, zone),
    ...(quien && { actor_id: quien }),
    ...(accion && { action: accion }),
    ...(resultado && { outcome: resultado }),
    ...(paciente && { patient_id: paciente }),
  };
}

/** Whether all that is shown happened on one day, so that the hour is enough. */
export function isOneDay(search: AuditSearch): boolean {
  return !['7', '30', 'todas'].includes(search.fecha ?? '');
}

/** Whether what happens now would be on the list. */
export function reachesNow(search: AuditSearch, today: string): boolean {
  const found = days(search.fecha, today);
  return found === undefined || found[1] >= today;
}
