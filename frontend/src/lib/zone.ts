import { splitDate } from '@/lib/dates';

const DAY_MS = 86_400_000;

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The instant (RFC 3339) at which a calendar day begins in a zone; undefined for a date that does not exist. */
export function startOfDay(date: string, zone: string): string | undefined {
  const parts = splitDate(date);
  if (!parts) return undefined;
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day);
  // The offset of the first guess may be that of the other side of a change of clocks: guess twice.
  const guess = wall - offsetAt(wall, zone);
  return new Date(wall - offsetAt(guess, zone)).toISOString();
}

/** A date some days before or after another. */
export function addDays(date: string, days: number): string {
  const parts = splitDate(date);
  if (!parts) return date;
  const moved = new Date(Date.UTC(parts.year, parts.month - 1, parts.day) + days * DAY_MS);
  return moved.toISOString().slice(0, 10);
}
