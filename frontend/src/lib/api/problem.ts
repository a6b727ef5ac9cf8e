import { t } from '@/lib/t';
import { ApiError, type FieldError } from './error';

/** Reads an unsuccessful answer (`application/problem+json`, RFC 9457) into an ApiError. */
export async function toApiError(response: Response): Promise<ApiError> {
  const body = await readJson(response);
  return new ApiError({
    status: response.status,
    code: text(body.code) ?? `http.${String(response.status)}`,
    detail: text(body.detail) ?? text(body.title) ?? fallbackDetail(response.status),
    fields: Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
    requestId: text(body.request_id) ?? response.headers.get('X-Request-Id') ?? undefined,
    permission: text(body.permission),
    retryAfter: parseRetryAfter(response.headers.get('Retry-After')),
    methods: Array.isArray(body.methods) ? body.methods.filter((method) => typeof method === 'string') : [],
  });
}

/** The error of a request that got no answer at all. */
export function networkError(): ApiError {
  return new ApiError({ status: 0, code: 'network', detail: t('errors.network') });
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    // A proxy in between may answer HTML or nothing; the status still tells what happened.
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  return typeof entry.field === 'string' && typeof entry.message === 'string';
}

function parseRetryAfter(header: string | null): number | undefined {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

function fallbackDetail(status: number): string {
  if (status === 429) return t('errors.tooMany');
  return status >= 500 ? t('errors.server') : t('errors.request');
}
