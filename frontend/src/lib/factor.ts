import type { Me } from '@/lib/api/types';

/** Where a person activates her second factor. */
export const accountHref = '/ajustes/mi-cuenta';

/** Whether the person's account asks her for something, which the notices then say. */
export function asksSomething({ factor, user, confidentiality }: Me): boolean {
  return (factor.required && !factor.enrolled) || !user.email_verified || !confidentiality.accepted;
}
