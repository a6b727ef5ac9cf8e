import { parseDate, splitDate, toTypedDate } from '@/lib/dates';

/**
 * When something began, as precisely as anybody knows: `2009`, `03/2009` or `12/03/2009` become
 * `2009`, `2009-03` and `2009-03-12`. Undefined for what is no date.
 */
export function readOnset(typed: string, today: string): string | undefined {
  const text = typed.trim();
  if (/^\d{4}$/.test(text)) return text;
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(text);
  if (month) {
    const iso = `${month[2] ?? ''}-${(month[1] ?? '').padStart(2, '0')}`;
    return splitDate(`${iso}-01`) ? iso : undefined;
  }
  return parseDate(text, today);
}

/** The same back, as it is typed. */
export function typeOnset(onset: string | undefined): string {
  if (onset === undefined) return '';
  const month = /^(\d{4})-(\d{2})$/.exec(onset);
  return month ? `${month[2] ?? ''}/${month[1] ?? ''}` : toTypedDate(onset);
}
