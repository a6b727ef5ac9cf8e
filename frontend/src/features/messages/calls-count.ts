import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';

/** How many messages wait for a call. It names nobody, so that the menu on every page shows no patient. */
export const callsCountQuery = queryOptions({
  queryKey: ['messages', 'calls', 'count'],
  queryFn: ({ signal }) => read(api.GET('/api/messages/calls', { signal })),
});
