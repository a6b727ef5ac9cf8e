import type { PatientValues } from '@/components/clinical/patient-form/values';

/**
 * What was typed when somebody left the form to look at a possible duplicate, so that coming back
 * finds it. In memory only, for the person who typed it, and once.
 */
let kept: { userId: string; values: PatientValues } | undefined;

export function keepDraft(userId: string, values: PatientValues): void {
  kept = { userId, values };
}

export function keptDraft(userId: string): PatientValues | undefined {
  return kept?.userId === userId ? kept.values : undefined;
}

export function forgetDraft(): void {
  kept = undefined;
}
