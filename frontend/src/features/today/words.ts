import { formatTime } from '@/lib/format';
import { t } from './t';

const DAY = new Intl.DateTimeFormat('es-MX', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** `2026-11-23` as «Lunes 23 de noviembre». */
export function sayDay(date: string): string {
  const words = DAY.format(new Date(`${date}T12:00:00Z`)).replace(',', '');
  return words.charAt(0).toLocaleUpperCase('es-MX') + words.slice(1);
}

/** The greeting of the hour that it is in a zone. */
export function greet(name: string, zone: string, now: Date = new Date()): string {
  const hour = Number(formatTime(now.toISOString(), zone).slice(0, 2));
  if (hour >= 5 && hour < 12) return t('greeting.morning', { name });
  if (hour >= 12 && hour < 19) return t('greeting.afternoon', { name });
  return t('greeting.evening', { name });
}

/** «pronóstico (6.2.5) y plan (6.2.6)» */
export function joinWords(words: readonly string[]): string {
  return new Intl.ListFormat('es-MX', { type: 'conjunction' }).format(words);
}
