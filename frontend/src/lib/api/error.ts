/** One rejected field of a request; `field` is a dotted path such as `address.postal_code`. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

interface ApiErrorInit {
  status: number;
  code: string;
  detail: string;
  fields?: readonly FieldError[];
  requestId?: string | undefined;
  permission?: string | undefined;
  retryAfter?: number | undefined;
  methods?: readonly string[];
}

/**
 * Anything the API answered that is not success, and a request that got no answer (`status` 0,
 * `code` `network`). `detail` is Spanish and may be shown as it is.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Stable and English, `subject.reason`. */
  readonly code: string;
  readonly detail: string;
  readonly fields: readonly FieldError[];
  /** The number to quote when asking for help. */
  readonly requestId: string | undefined;
  /** On a 403, the permission that is missing. */
  readonly permission: string | undefined;
  /** Seconds to wait, on 429 and 503. */
  readonly retryAfter: number | undefined;
  /** On `auth.totp_required`, with what the second factor may be given. */
  readonly methods: readonly string[];

  constructor(init: ApiErrorInit) {
    super(`${init.status} ${init.code}`);
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail;
    this.fields = init.fields ?? [];
    this.requestId = init.requestId;
    this.permission = init.permission;
    this.retryAfter = init.retryAfter;
    this.methods = init.methods ?? [];
  }
}

/** Whether the error is the API's, with that status. */
export function isStatus(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status;
}

/** Whether the error is the API's, with that code. */
export function isCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

/**
 * The same refusal without its fields, for a form of a single field: it is said on top, where the focus
 * goes. Any other error as it is.
 */
export function asWhole(error: unknown): unknown {
  return error instanceof ApiError ? new ApiError({ ...error, fields: [] }) : error;
}

/** The rejected fields as `@mantine/form` wants them; later errors of one field give way to the first. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries([...error.fields].reverse().map((entry) => [entry.field, entry.message]));
}
