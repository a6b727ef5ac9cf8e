/**
 * Calendar dates as `YYYY-MM-DD` text. They are never a `Date`: a date of birth has no time zone,
 * and turning it into an instant moves it by a day for somebody.
 */

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const TYPED = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})$/;
const COMPACT = /^(\d{2})(\d{2})(\d{4})$/;

interface DateParts {
  year: number;
  month: number;
  day: number;
}

/** The parts of a valid `YYYY-MM-DD`, or undefined. */
export function splitDate(date: string): DateParts | undefined {
  const match = ISO.exec(date);
  if (!match) return undefined;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isRealDate(parts) ? parts : undefined;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isRealDate({ year, month, day }: DateParts): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function joinDate({ year, month, day }: DateParts): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

/** The day before; `date` must be valid. */
export function previousDay(date: string): string {
  const parts = splitDate(date);
  if (!parts) return date;
  if (parts.day > 1) return joinDate({ ...parts, day: parts.day - 1 });
  const month = parts.month === 1 ? 12 : parts.month - 1;
  const year = parts.month === 1 ? parts.year - 1 : parts.year;
  return joinDate({ year, month, day: daysInMonth(year, month) });
}

/** Two digits mean the latest year that is not after today's: in 2026, 22 is 2022 and 48 is 1948. */
function fullYear(typed: string, today: string): number {
  const year = Number(typed);
  if (typed.length === 4) return year;
  const thisYear = splitDate(today)?.year ?? 2000;
  const century = thisYear - (thisYear % 100);
  return century + year > thisYear ? century - 100 + year : century + year;
}

/**
 * Reads a date as people type it: `03/02/2022`, `3/2/22`, `3-2-2022`, `03022022`, `hoy`, `ayer`, or
 * ISO. Answers `YYYY-MM-DD`, or undefined when it is not a date that exists.
 */
export function parseDate(text: string, today: string): string | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'hoy') return today;
  if (typed === 'ayer') return previousDay(today);
  if (splitDate(typed)) return typed;
  const match = TYPED.exec(typed) ?? COMPACT.exec(typed);
  if (!match) return undefined;
  const parts = { day: Number(match[1]), month: Number(match[2]), year: fullYear(match[3] ?? '', today) };
  return isRealDate(parts) ? joinDate(parts) : undefined;
}

/** `2022-02-03` as `03/02/2022`, the form of the fields. */
export function toTypedDate(date: string): string {
  const match = ISO.exec(date);
  return match ? `${match[3] ?? ''}/${match[2] ?? ''}/${match[1] ?? ''}` : date;
}

/** Today's date in a time zone (IANA name). */
export function todayIn(zone: string, now: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
