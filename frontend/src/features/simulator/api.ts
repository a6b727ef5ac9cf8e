import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiUrl } from '@/config/env';
import { networkError, toApiError } from '@/lib/api/problem';

/**
 * The simulator's own endpoints (api/dev_whatsapp.go). They exist only outside production and are
 * no part of the API's document, so their shapes stand here.
 */
export interface SimMessage {
  id: string;
  at: string;
  inbound: boolean;
  kind: string;
  template?: string;
  text: string;
  buttons: string[];
  state?: string;
  in_reply_to?: string;
}

export interface SimPhone {
  /** + and digits. */
  number: string;
  name: string;
  /** Plays a number without WhatsApp. */
  refused: boolean;
  messages: SimMessage[];
}

export interface SimEntry {
  id: string;
  at: string;
  direction: 'send' | 'webhook';
  path: string;
  summary: string;
  /** 0 when nothing answered. */
  http_status: number;
  error?: string;
  repeated: boolean;
  /** What the program made of a webhook. */
  result?: string;
  /** Only of a single entry. */
  body?: string;
  signed?: boolean;
}

export interface SimState {
  phones: SimPhone[];
  entries: SimEntry[];
  delayed: boolean;
}

const BASE = '/dev/whatsapp/api';

async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(`${BASE}${path}`), init);
  } catch (error) {
    if (init?.signal?.aborted === true) throw error;
    throw networkError();
  }
  if (!response.ok) throw await toApiError(response);
  return response;
}

async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await request(path, { signal });
  return (await response.json()) as T;
}

async function post(path: string, body: object): Promise<void> {
  await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const POLL_MS = 1_000;

/** Everything on the page. It has no live connection, which would need a session: it asks again. */
export const simulatorQuery = queryOptions({
  queryKey: ['simulator', 'state'],
  queryFn: ({ signal }) => get<SimState>('/state', signal),
  refetchInterval: POLL_MS,
});

/** One line of the log with its body as it travelled. What became of a webhook may come later. */
export function entryQuery(id: string) {
  return queryOptions({
    queryKey: ['simulator', 'entry', id],
    queryFn: ({ signal }) => get<SimEntry>(`/entries/${encodeURIComponent(id)}`, signal),
    refetchInterval: (query) => (query.state.data && query.state.data.result === undefined ? POLL_MS : false),
  });
}

/** What can be done with the phones and with Meta. */
export type SimAct =
  | { act: 'tap'; message_id: string }
  | { act: 'write'; number: string; text: string }
  | { act: 'read'; number: string }
  | { act: 'repeat'; entry_id?: number }
  | { act: 'delay'; on: boolean }
  | { act: 'refuse'; number: string; on: boolean }
  | { act: 'fail' };

export function useSimulate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...body }: SimAct) => post(`/${act}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: simulatorQuery.queryKey }),
  });
}
