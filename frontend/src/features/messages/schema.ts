import { t } from '@/lib/t';

const NOTE_MAX = 1000;

export interface ResolveValues extends Record<string, unknown> {
  note: string;
}

/** A plain function: one field does not deserve a library. */
export function validateResolve({ note }: ResolveValues): Record<string, string> {
  if (note.trim() === '') return { note: t('form.required') };
  return note.length > NOTE_MAX ? { note: t('form.tooLong') } : {};
}
