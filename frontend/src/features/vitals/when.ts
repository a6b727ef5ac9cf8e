import { splitDate } from '@/lib/dates';
import { startOfDay } from '@/lib/zone';
import { formatTime } from '@/lib/format';

const TIME = /^(\d{1,2})[:.h ]?(\d{2})$/;
const MINUTE_MS = 60_000;

/** Minutes since midnight of «9:31», «09:31», «0931» or «9.31»; undefined for what is no hour. */
export function readTime(text: string): number | undefined {
  const match = TIME.exec(text.trim());
  if (!match) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** The instant (RFC 3339) of a date and an hour by a zone's clock; undefined when one of them is none. */
export function instantOf(date: string, time: string, zone: string): string | undefined {
  const minutes = readTime(time);
  const start = splitDate(date) && startOfDay(date, zone);
  if (minutes === undefined || start === undefined) return undefined;
  const guess = new Date(new Date(start).getTime() + minutes * MINUTE_MS);
  // On the day on which clocks change, midnight and the hour may be of different offsets.
  const shown = readTime(formatTime(guess.toISOString(), zone)) ?? minutes;
  return new Date(guess.getTime() + (minutes - shown) * MINUTE_MS).toISOString();
}
