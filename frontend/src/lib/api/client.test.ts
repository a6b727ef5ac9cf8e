import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { me, officeOf } from '@/testing/fixtures';
import { problem, server } from '@/testing/server';
import { api, ifMatch, read } from './client';
import { ApiError, fieldErrors } from './error';
import { idempotency } from './idempotency';
import { sessionGate } from './session-gate';
import type { OfficeInput } from './types';

const office: OfficeInput = officeOf();

async function refusal(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error('The call was not refused');
  return error;
}

describe('an unsuccessful answer', () => {
  it('becomes an ApiError with all that the problem says', async () => {
    server.use(
      http.post('*/api/offices', () =>
        problem(422, {
          code: 'office.invalid',
          detail: 'Revise los datos.',
          request_id: '0192f3c8-7e11',
          errors: [
            { field: 'address.postal_code', code: 'format', message: 'Debe tener cinco dígitos.' },
            { field: 'name', code: 'required', message: 'Falta este dato.' },
          ],
        }),
      ),
    );
    const error = await refusal(api.POST('/api/offices', { body: office }));
    expect(error).toMatchObject({ status: 422, code: 'office.invalid', requestId: '0192f3c8-7e11' });
    expect(error.detail).toBe('Revise los datos.');
    expect(fieldErrors(error)).toEqual({
      'address.postal_code': 'Debe tener cinco dígitos.',
      name: 'Falta este dato.',
    });
  });

  it('carries the permission of a 403 and the wait of a 429', async () => {
    server.use(http.get('*/api/clinic', () => problem(403, { code: 'auth.forbidden', permission: 'clinic:read' })));
    expect((await refusal(api.GET('/api/clinic'))).permission).toBe('clinic:read');
    server.use(http.get('*/api/clinic', () => problem(429, { code: 'limit.exceeded' }, { 'Retry-After': '30' })));
    expect((await refusal(api.GET('/api/clinic'))).retryAfter).toBe(30);
  });

  it('is said in Spanish even when a proxy answers HTML', async () => {
    server.use(http.get('*/api/clinic', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })));
    const error = await refusal(api.GET('/api/clinic'));
    expect(error).toMatchObject({ status: 502, code: 'http.502' });
    expect(error.detail).toMatch(/servidor/);
  });

  it('has status 0 when nothing answered', async () => {
    server.use(http.get('*/api/clinic', () => HttpResponse.error()));
    expect(await refusal(api.GET('/api/clinic'))).toMatchObject({ status: 0, code: 'network' });
  });
});

describe('headers', () => {
  it('gives every POST a key, and keeps the one that is given', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post('*/api/offices', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.json(officeOf(), { status: 201 });
      }),
    );
    await api.POST('/api/offices', { body: office });
    await api.POST('/api/offices', { body: office });
    await api.POST('/api/offices', { body: office, headers: idempotency('mine') });
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('mine');
  });

  it('quotes the version that is changed', () => {
    expect(ifMatch(3)).toEqual({ 'If-Match': '"3"' });
  });
});

describe('a session that ends', () => {
  it('is an ordinary 401 while nobody was signed in', async () => {
    server.use(http.get('*/api/auth/me', () => problem(401, { code: 'auth.required' })));
    expect((await refusal(api.GET('/api/auth/me'))).status).toBe(401);
    expect(sessionGate.getState()).toBe('idle');
  });

  it('makes the request wait for the sign-in and then sends it once more, with its key and body', async () => {
    const seen: { key: string | null; body: unknown }[] = [];
    let isSignedIn = false;
    server.use(
      http.post('*/api/offices', async ({ request }) => {
        seen.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
        return isSignedIn ? HttpResponse.json(officeOf(), { status: 201 }) : problem(401, { code: 'auth.required' });
      }),
    );
    sessionGate.open();
    const answer = read(api.POST('/api/offices', { body: office }));
    await expect.poll(() => sessionGate.getState()).toBe('closed');
    isSignedIn = true;
    sessionGate.open();
    expect((await answer).name).toBe('Consultorio Centro');
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
  });

  it('is not what a wrong password means', async () => {
    server.use(http.post('*/api/auth/login', () => problem(401, { code: 'auth.invalid_credentials' })));
    sessionGate.open();
    const error = await refusal(api.POST('/api/auth/login', { body: { email: me.user.email, password: 'x' } }));
    expect(error.code).toBe('auth.invalid_credentials');
    expect(sessionGate.getState()).toBe('open');
  });
});
