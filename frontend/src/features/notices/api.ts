import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { Notice, NoticeElement } from '@/lib/api/types';

export type { Notice, NoticeElement };

/** The words of a draft, replaced whole by each save. */
export interface NoticeWords {
  summary: string;
  elements: NoticeElement[];
}

const MOST_VERSIONS = 100;

/** The clinic's notices, newest first: drafts, the one in force, and those before. */
export const noticesQuery = queryOptions({
  queryKey: ['notices', 'list'],
  queryFn: ({ signal }) =>
    read(api.GET('/api/privacy-notices', { params: { query: { limit: MOST_VERSIONS } }, signal })),
});

export function noticeQuery(id: string) {
  return queryOptions({
    queryKey: ['notices', 'one', id],
    queryFn: ({ signal }) => read(api.GET('/api/privacy-notices/{id}', { params: { path: { id } }, signal })),
    // A draft must not be replaced under the fingers of who writes it.
    refetchOnWindowFocus: false,
  });
}

function useAccept() {
  const client = useQueryClient();
  return (notice: Notice) => {
    client.setQueryData(noticeQuery(notice.id).queryKey, notice);
    return client.invalidateQueries({ queryKey: noticesQuery.queryKey });
  };
}

/** Begins a draft with the words in force, or with those of the base notice. */
export function useCreateDraft() {
  return useMutation({
    mutationFn: (key: string) =>
      read(api.POST('/api/privacy-notices', { body: { kind: 'integral' }, headers: idempotency(key) })),
    onSuccess: useAccept(),
  });
}

/** Replaces the words of a draft; 412 when somebody changed them meanwhile. */
export function useSaveDraft(id: string) {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ revision, body }: { revision: number; body: NoticeWords }) =>
      read(api.PUT('/api/privacy-notices/{id}', { params: { path: { id }, header: ifMatch(revision) }, body })),
    onSuccess: useAccept(),
  });
}

/** Puts a draft into force. 422 `notice.incomplete` names what the law asks and is missing. */
export function usePublish(id: string) {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (key: string) =>
      read(api.POST('/api/privacy-notices/{id}/publish', { params: { path: { id } }, headers: idempotency(key) })),
    onSuccess: useAccept(),
  });
}
