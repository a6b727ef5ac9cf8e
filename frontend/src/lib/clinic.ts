import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';

/** The clinic's own data; only who may change them may read them here. */
export const clinicQuery = queryOptions({
  queryKey: ['clinic'],
  queryFn: () => read(api.GET('/api/clinic')),
  staleTime: 5 * 60_000,
});
