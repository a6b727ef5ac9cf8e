import * as z from 'zod/mini';
import { splitDate } from '@/lib/dates';
import { t } from '@/lib/t';

/**
 * Checks that several forms share. They judge form and presence only; the server judges the rest.
 */

/** Text that must be there. */
export function requiredText(max = 160) {
  return z.string().check(z.trim(), z.minLength(1, t('form.required')), z.maxLength(max, t('form.tooLong')));
}

/** Text that may be missing; an empty field becomes an absent key through {@link absent}. */
export function optionalText(max = 160) {
  return z.string().check(z.trim(), z.maxLength(max, t('form.tooLong')));
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

export function email() {
  return z.string().check(z.trim(), z.minLength(1, t('form.required')), z.regex(EMAIL, t('form.email')));
}

/** Ten digits, with or without spaces, +52 and signs. */
export function isPhone(text: string): boolean {
  return /^(?:\+?52)?\d{10}$/.test(text.replace(/[\s()\-.]/g, ''));
}

export function phone() {
  return z.string().check(
    z.minLength(1, t('form.required')),
    z.refine((text) => text === '' || isPhone(text), t('form.phone')),
  );
}

export function optionalPhone() {
  return z.string().check(z.refine((text) => text.trim() === '' || isPhone(text), t('form.phone')));
}

export function postalCode() {
  return z.string().check(z.trim(), z.minLength(1, t('form.required')), z.regex(/^\d{5}$/, t('form.postalCode')));
}

/** A date as DateField gives it: `YYYY-MM-DD`, or what was typed if that is no date. */
export function dateText() {
  return z.string().check(
    z.minLength(1, t('form.required')),
    z.refine((text) => text === '' || splitDate(text) !== undefined, t('form.date')),
  );
}

/** An empty text as an absent key: the API wants facts that do not exist left out. */
export function absent(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}
