import * as z from 'zod/mini';
import { email, requiredText } from '@/lib/validation';

export const invitationSchema = z.object({ email: email(), full_name: requiredText(120), role: requiredText() });

export type InvitationValues = z.infer<typeof invitationSchema>;
