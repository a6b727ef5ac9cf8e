import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';

const SHOWN = 8;

/** The server searches from two letters on. */
export const MIN_LETTERS = 2;

/** Patients for what is typed; for nothing typed, the ones seen last. */
export function paletteSearch(text: string) {
  const q = text.trim();
  return queryOptions({
    queryKey: ['patients', 'palette', q],
    queryFn: ({ signal }) =>
      read(api.GET('/api/patients', { params: { query: q === '' ? { limit: SHOWN } : { q, limit: SHOWN } }, signal })),
    enabled: q === '' || q.length >= MIN_LETTERS,
    // The last results stay while the next ones come.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}
