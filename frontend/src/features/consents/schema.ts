import * as z from 'zod/mini';
import { requiredText } from '@/lib/validation';
import { t } from './t';

const REASON_MAX = 1000;

/** What a revocation needs: for what, who asked, and why. */
export const revocationSchema = z.object({
  purposes: z.array(z.enum(['care', 'reminders', 'sharing', 'research', 'marketing', 'ai'])).check(z.minLength(1, t('revoke.purposesRequired'))),
  requested_by: z.enum(['patient', 'representative']),
  reason: requiredText(REASON_MAX),
});

export type RevocationValues = z.infer<typeof revocationSchema>;
