import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { clinicOf, me, officeOf } from './fixtures';

/** Answers an error as the API does (RFC 9457). */
export function problem(status: number, body: Record<string, JsonBodyType>, headers: Record<string, string> = {}) {
  return HttpResponse.json(
    { type: 'about:blank', title: '', status, ...body },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );
}

/** Answers a list with one page. */
export function page(items: JsonBodyType[]) {
  return HttpResponse.json({ items, next_cursor: null });
}

/** The signed-in owner of a complete clinic; a test adds what it is about. */
export const server = setupServer(
  http.get('*/api/auth/me', () => HttpResponse.json(me)),
  http.get('*/api/clinic', () => HttpResponse.json(clinicOf())),
  http.get('*/api/offices', () => page([officeOf()])),
  http.get('*/api/messages/calls', () => HttpResponse.json({ count: 0 })),
);
