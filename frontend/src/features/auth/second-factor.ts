import { isCode, isStatus } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { t as common } from '@/lib/t';
import { t } from './steps-t';

/** A second factor as the server takes it with a sign-in; a recovery code goes in the same field. */
export interface SecondFactor {
  totp_code: string;
  remember_device?: boolean;
}

const SIX_DIGITS = /^\d{6}$/;

/** What a code still lacks. People paste codes with spaces. */
export function checkCode(way: 'totp' | 'recovery_code', code: string): Record<string, string> {
  const text = code.replace(/\s/g, '');
  if (text === '') return { totp_code: common('form.required') };
  return way === 'totp' && !SIX_DIGITS.test(text) ? { totp_code: t('second.sixDigits') } : {};
}

/** What is said of a passkey that was not used; undefined for any other error. */
export function explainPasskey(error: unknown): string | undefined {
  if (error instanceof Error && error.name === 'PasskeyGivenUp') return t('passkey.givenUp');
  return error instanceof DOMException ? t('passkey.failed') : undefined;
}

/** Says why a second factor was not taken. */
export function explainCode(error: unknown, way: 'totp' | 'passkey' | 'recovery_code'): string {
  const ofPasskey = explainPasskey(error);
  if (ofPasskey !== undefined) return ofPasskey;
  if (isCode(error, 'auth.invalid_code')) return t(way === 'recovery_code' ? 'second.wrongRecovery' : 'second.wrong');
  if (way === 'passkey' && isStatus(error, 401)) return t('passkey.wrong');
  return describeError(error).message;
}
