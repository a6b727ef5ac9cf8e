import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { AuditEvent, AuditEventDetail, AuditVerification } from '@/lib/api/types';
import type { AuditFilter } from './search';

export type { AuditEvent, AuditEventDetail, AuditVerification };

export const PAGE_SIZE = 20;

/**
 * One page of the trail, newest first. Nothing reads it again by itself: each reading is an event of
 * the trail, and rows must not move under the reader's eyes.
 */
export function auditPage(filter: AuditFilter, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['audit', 'list', filter, cursor],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/audit-events', {
          params: { query: { ...filter, limit: PAGE_SIZE, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: { live: 'manual' },
  });
}

const SEAL_WAIT_MS = 4_000;
const MAX_ASKS = 3;

/** One event and its place in the chain. Until it is sealed, a few seconds, it is asked for again. */
export function auditEventQuery(id: string) {
  return queryOptions({
    queryKey: ['audit', 'event', id],
    queryFn: ({ signal }) => read(api.GET('/api/audit-events/{id}', { params: { path: { id } }, signal })),
    staleTime: 'static',
    refetchInterval: (query) =>
      query.state.data?.chain.sealed === false && query.state.dataUpdateCount < MAX_ASKS ? SEAL_WAIT_MS : false,
    meta: { live: 'manual' },
  });
}

const RUNNING_MS = 2_000;

/** What the last verification found; while one runs, it is asked for until it ends. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => read(api.GET('/api/audit/verification', { signal })),
  staleTime: 60_000,
  refetchOnWindowFocus: false,
  refetchInterval: (query) => (query.state.data?.running === true ? RUNNING_MS : false),
  meta: { live: 'manual' },
});

/** Verifies the whole chain now. */
export function useVerifyNow() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: () => read(api.GET('/api/audit/verification', { params: { query: { fresh: true } } })),
    onSuccess: (verification) => {
      client.setQueryData(verificationQuery.queryKey, verification);
    },
  });
}

/** Everybody who acted in the pages read so far, by id: the trail has no list of people of its own. */
export function knownActors(pages: readonly (readonly [unknown, { items: AuditEvent[] } | undefined])[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const [, page] of pages) {
    for (const { actor_id: id, actor_name: name } of page?.items ?? []) {
      if (id && name) names.set(id, name);
    }
  }
  return names;
}
