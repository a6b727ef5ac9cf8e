import { isStatus } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { t as common } from '@/lib/t';
import { t } from './t';

export interface SignInValues extends Record<string, unknown> {
  email: string;
  password: string;
}

/** Presence only, and without zod, which the sign-in page must not carry; the server judges the rest. */
export function checkSignIn(values: SignInValues): Record<string, string> {
  const missing = (['email', 'password'] as const).filter((name) => values[name].trim() === '');
  return Object.fromEntries(missing.map((name) => [name, common('form.required')]));
}

/** The same for a form that asks for the address alone. */
export function checkEmail(values: { email: string }): Record<string, string> {
  return values.email.trim() === '' ? { email: common('form.required') } : {};
}

/** One sentence for any wrong credential, so that nobody learns which addresses exist. */
export function explainSignIn(error: unknown): string {
  return isStatus(error, 401) ? t('signIn.wrong') : describeError(error).message;
}
