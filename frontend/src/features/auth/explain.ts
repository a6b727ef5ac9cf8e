import { isStatus } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { t } from './t';

/** One sentence for any wrong credential, so that nobody learns which addresses exist. */
export function explainSignIn(error: unknown): string {
  return isStatus(error, 401) ? t('signIn.wrong') : describeError(error).message;
}
