import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { Message as MessageItem } from '@/lib/api/types';

export type { MessageItem };

export const PAGE_SIZE = 20;

/** The most that the list of calls shows at once. */
const MOST_CALLS = 100;

export interface MessageFilter {
  status?: MessageItem['status'] | undefined;
  patientId?: string | undefined;
}

/** One page of messages, newest first. */
export function messagesPage({ status, patientId }: MessageFilter, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['messages', 'list', { status, patientId, cursor }],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/messages', {
          params: {
            query: {
              limit: PAGE_SIZE,
              ...(status && { status }),
              ...(patientId && { patient_id: patientId }),
              ...(cursor && { cursor }),
            },
          },
          signal,
        }),
      ),
  });
}

/** Whom somebody should call: their message did not arrive, and nobody has settled it. */
export const callsQuery = queryOptions({
  queryKey: ['messages', 'calls'],
  queryFn: ({ signal }) =>
    read(api.GET('/api/messages', { params: { query: { needs_call: true, limit: MOST_CALLS } }, signal })),
});

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['messages'] }),
      client.invalidateQueries({ queryKey: ['consents'] }),
    ]);
}

/** Sends a message that did not arrive once more: a new message takes its place. */
export function useRetryMessage() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      read(api.POST('/api/messages/{id}/retry', { params: { path: { id } }, headers: idempotency(key) })),
    onSettled: refresh,
  });
}

/** Takes a message off the list of calls, with what was done. */
export function useResolveMessage() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ id, note, key }: { id: string; note: string; key: string }) =>
      read(
        api.POST('/api/messages/{id}/resolve', {
          params: { path: { id } },
          body: { note },
          headers: idempotency(key),
        }),
      ),
    onSuccess: refresh,
  });
}
