import createClient, { type Middleware } from 'openapi-fetch';
import { env } from '@/config/env';
import { newIdempotencyKey } from './new-key';
import { mayGo, obstacleOf, overcome, type Obstacle } from './obstacle';
import { networkError, toApiError } from './problem';
import type { paths } from './schema';

const KEY = 'Idempotency-Key';

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw networkError();
  }
}

/**
 * Sends a request. What the person must do first (sign in again, unlock, prove who she is) is waited
 * for, each thing once, and then it is sent once more as it was.
 */
async function sendPast(request: Request, met: readonly Obstacle[]): Promise<Response> {
  const again = request.clone();
  const { pathname } = new URL(request.url);
  await mayGo(pathname);
  const response = await send(request);
  const obstacle = await obstacleOf(response, pathname);
  if (obstacle === undefined || met.includes(obstacle) || !(await overcome(obstacle))) return response;
  // The refusal may be kept under the key of the act, which had no effect: it begins anew.
  if (obstacle === 'proof' && again.headers.has(KEY)) again.headers.set(KEY, newIdempotencyKey());
  return sendPast(again, [...met, obstacle]);
}

const conventions: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has(KEY)) {
      request.headers.set(KEY, newIdempotencyKey());
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
  fetch: (request) => sendPast(request, []),
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
