import { ApiError } from '@/lib/api/error';
import { formatWait } from '@/lib/format';
import { t } from '@/lib/t';

/** What a person is told about an error, and the number to quote. */
export interface ErrorDescription {
  message: string;
  requestId: string | undefined;
}

/** Says any error in plain Spanish. Nothing of an unknown error's own text is shown. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof ApiError)) return { message: t('errors.unexpected'), requestId: undefined };
  const message =
    error.status === 429 && error.retryAfter !== undefined
      ? t('errors.tooManyWait', { wait: formatWait(error.retryAfter) })
      : error.detail;
  return { message, requestId: error.requestId };
}
