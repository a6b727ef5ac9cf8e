import { t } from './t';

/** How many letters a reason on a receta may have. */
export const LONGEST_REASON = 500;
const SHORTEST_LETTERS = 3;

/** A reason that somebody else must be able to read: three letters or more. */
export function judgeReason(reason: string): string | undefined {
  const letters = reason.match(/\p{L}/gu)?.length ?? 0;
  return letters < SHORTEST_LETTERS ? t('reason.short') : undefined;
}
