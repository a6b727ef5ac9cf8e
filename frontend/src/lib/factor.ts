import type { Me } from '@/lib/api/types';

/** Where a person activates her second factor. */
export const accountHref = '/ajustes/mi-cuenta';

/** Whether the days of grace are over: the session then reaches the person's own account only. */
export function isFactorOverdue({ factor }: Pick<Me, 'factor'>, now: number): boolean {
  const { enrolled, required, due_at } = factor;
  return required && !enrolled && due_at !== undefined && Date.parse(due_at) <= now;
}

/** Whether the person's account asks her for something, which the notices then say. */
export function asksSomething({ factor, user, confidentiality }: Me): boolean {
  return (factor.required && !factor.enrolled) || !user.email_verified || !confidentiality.accepted;
}
