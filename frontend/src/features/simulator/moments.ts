import { dateOf, formatInstantExact, formatLongDate, formatTime } from '@/lib/format';

/** The page has no session and so no office: instants are shown on this machine's clock. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** «10:26» */
export function clock(instant: string): string {
  return formatTime(instant, zone);
}

/** «10:26:14» */
export function clockExact(instant: string): string {
  return formatInstantExact(instant, zone).split(', ')[1] ?? instant;
}

/** «10:26:14.702» */
export function clockPrecise(instant: string): string {
  const milliseconds = String(new Date(instant).getMilliseconds()).padStart(3, '0');
  return `${clockExact(instant)}.${milliseconds}`;
}

export function dayOf(instant: string): string {
  return dateOf(instant, zone);
}

/** «23 de noviembre de 2026» */
export function dayText(instant: string): string {
  return formatLongDate(dayOf(instant));
}
