import createClient, { type Middleware } from 'openapi-fetch';
import { env } from '@/config/env';
import { newIdempotencyKey } from './idempotency';
import { networkError, toApiError } from './problem';
import type { paths } from './schema';
import { sessionGate } from './session-gate';

/** Where a 401 is about the proof just given, or no obstacle, and so must not ask for sign-in. */
const PROOF_PATHS = ['/api/auth/login', '/api/auth/register', '/api/auth/reauthenticate', '/api/auth/logout'];
const ME_PATH = '/api/auth/me';

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw networkError();
  }
}

/** Whether a request must not go out, or not be taken as refused, before the next sign-in. */
function mustWait(request: Request): boolean {
  const { pathname } = new URL(request.url);
  if (PROOF_PATHS.includes(pathname)) return false;
  // The sign-in dialog itself asks who signed in.
  return pathname !== ME_PATH || sessionGate.getState() === 'open';
}

/** Sends a request; when the session has ended, waits for the sign-in dialog and sends it once more. */
async function sendInSession(request: Request): Promise<Response> {
  const again = request.clone();
  if (sessionGate.getState() === 'closed' && mustWait(request)) await sessionGate.wait();
  const response = await send(request);
  if (response.status !== 401 || sessionGate.getState() === 'idle' || !mustWait(request)) return response;
  await sessionGate.wait();
  return send(again);
}

const conventions: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newIdempotencyKey());
    }
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await toApiError(response);
    return response;
  },
};

/**
 * The only door to the API. Every call either answers or throws an ApiError. Use it through the
 * `api.ts` of a feature, with {@link read} for calls that answer a body.
 */
export const api = createClient<paths>({
  baseUrl: env.apiBase || window.location.origin,
  credentials: 'include',
  fetch: sendInSession,
});
api.use(conventions);

/** The body of a successful answer. */
export async function read<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  // The middleware has thrown for every other answer.
  return data as T;
}

/** The header that says which version is being changed (RFC 9110, 13.1.1). */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${String(version)}"` };
}
