import { daysInMonth, splitDate } from '@/lib/dates';
import { t } from '@/lib/t';

const SHORT_MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const LONG_MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

/** The zone used while the office's is not known. */
export const DEFAULT_ZONE = 'America/Mexico_City';

/** `2026-11-23` as «23 nov 2026»; anything else comes back as it is. */
export function formatDate(date: string): string {
  const parts = splitDate(date);
  if (!parts) return date;
  return `${String(parts.day)} ${SHORT_MONTHS[parts.month - 1] ?? ''} ${String(parts.year)}`;
}

/** `1980-08-14` as «14 de agosto de 1980». */
export function formatLongDate(date: string): string {
  const parts = splitDate(date);
  if (!parts) return date;
  return `${String(parts.day)} de ${LONG_MONTHS[parts.month - 1] ?? ''} de ${String(parts.year)}`;
}

/**
 * When something began, as precisely as anybody knows: `2009`, `2019-03` or a whole date become
 * «2009», «marzo de 2019» and «12 mar 2019».
 */
export function formatPartialDate(date: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(date);
  const name = month && LONG_MONTHS[Number(month[2]) - 1];
  return month && name ? `${name} de ${month[1] ?? ''}` : formatDate(date);
}

interface InstantParts {
  date: string;
  time: string;
  seconds: string;
}

function splitInstant(instant: string, zone: string): InstantParts | undefined {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return undefined;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    seconds: part('second'),
  };
}

/** An instant (RFC 3339) in the office's zone: «23 nov 2026, 10:26». */
export function formatInstant(instant: string, zone: string): string {
  const parts = splitInstant(instant, zone);
  return parts ? `${formatDate(parts.date)}, ${parts.time}` : instant;
}

/** With seconds, for evidence: «12 mar 2026, 17:40:02». */
export function formatInstantExact(instant: string, zone: string): string {
  const parts = splitInstant(instant, zone);
  return parts ? `${formatDate(parts.date)}, ${parts.time}:${parts.seconds}` : instant;
}

/** Only the hour: «10:26». */
export function formatTime(instant: string, zone: string): string {
  return splitInstant(instant, zone)?.time ?? instant;
}

/** The calendar date (`YYYY-MM-DD`) of an instant in a zone. */
export function dateOf(instant: string, zone: string): string {
  return splitInstant(instant, zone)?.date ?? instant;
}

/** «Hoy, 10:26» on the same day, else «23 nov 2026». `today` is `YYYY-MM-DD` in the same zone. */
export function formatRecent(instant: string, zone: string, today: string): string {
  const parts = splitInstant(instant, zone);
  if (!parts) return instant;
  return parts.date === today ? t('format.todayAt', { time: parts.time }) : formatDate(parts.date);
}

interface Age {
  years: number;
  months: number;
  days: number;
}

function ageOn(birthDate: string, today: string): Age | undefined {
  const born = splitDate(birthDate);
  const now = splitDate(today);
  if (!born || !now || birthDate > today) return undefined;
  // Somebody born on the 31st completes the month on the last day of a shorter one.
  const completed = now.day >= Math.min(born.day, daysInMonth(now.year, now.month));
  const months = (now.year - born.year) * 12 + now.month - born.month - (completed ? 0 : 1);
  const sameMonth = now.year === born.year && now.month === born.month;
  const days = sameMonth ? now.day - born.day : now.day - born.day + daysInMonth(born.year, born.month);
  return { years: Math.floor(months / 12), months: months % 12, days };
}

/** An age as it is said: «46 años 3 meses», «2 años», «8 meses», «12 días». */
export function formatAge(birthDate: string, today: string): string {
  const age = ageOn(birthDate, today);
  if (!age) return '';
  if (age.years === 0 && age.months === 0) return t('format.days', { count: age.days });
  const parts = [];
  if (age.years > 0) parts.push(t('format.years', { count: age.years }));
  if (age.months > 0) parts.push(t('format.months', { count: age.months }));
  return parts.join(' ');
}

/** An age the server counted, in completed years: «46 años». */
export function sayAge(years: number): string {
  return t('format.years', { count: years });
}

/** Completed years; undefined when the dates make no sense. */
export function yearsOld(birthDate: string, today: string): number | undefined {
  return ageOn(birthDate, today)?.years;
}

/** `+525555550142` or ten digits as «55 5555 0142»; other lengths come back as they are. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^521?(?=\d{10}$)/, '');
  if (digits.length !== 10) return phone;
  const lada = isTwoDigitArea(digits) ? 2 : 3;
  return lada === 2
    ? `${digits.slice(0, 2)} ${digits.slice(2, 6)} ${digits.slice(6)}`
    : `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

/** Mexico City, Guadalajara and Monterrey have area codes of two digits; the rest of the country, three. */
function isTwoDigitArea(digits: string): boolean {
  return ['55', '56', '33', '81'].includes(digits.slice(0, 2));
}

/** The whole name in the order it is written. */
export function fullName(person: {
  given_names?: string | undefined;
  first_surname?: string | undefined;
  second_surname?: string | undefined;
}): string {
  return [person.given_names, person.first_surname, person.second_surname].filter(Boolean).join(' ');
}

/** A patient's name, or what is said in its place while nobody knows it. */
export function patientName(patient: Parameters<typeof fullName>[0]): string {
  const name = fullName(patient);
  return name === '' ? t('format.unnamed') : name;
}

/**
 * Two letters for the avatar: «María Fernanda», «Orozco» is MO. With only a whole name, the first
 * surname is taken to be the second word, or the third of four and more; titles («Dra.») do not count.
 */
export function initials(givenNames = '', surname?: string): string {
  const words = givenNames.trim().split(/\s+/).filter((word, index) => index > 0 || !word.endsWith('.'));
  const second = surname ?? words[words.length >= 4 ? 2 : 1] ?? '';
  return ((words[0] ?? '').charAt(0) + second.trim().charAt(0)).toLocaleUpperCase('es-MX');
}

/** How long to wait, in words: «45 segundos», «2 minutos». */
export function formatWait(seconds: number): string {
  return seconds < 90
    ? t('format.seconds', { count: Math.ceil(seconds) })
    : t('format.minutes', { count: Math.ceil(seconds / 60) });
}
