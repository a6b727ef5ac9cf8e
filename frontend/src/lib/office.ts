import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { DEFAULT_ZONE } from '@/lib/format';
import { can } from '@/lib/permissions';
import { meQuery } from '@/lib/session';

/** The clinic's offices; the first one gives the zone in which instants are shown. */
export const officesQuery = queryOptions({
  queryKey: ['offices'],
  queryFn: () => read(api.GET('/api/offices', { params: { query: { limit: 100 } } })),
  staleTime: 5 * 60_000,
});

/** The office in use; undefined while unknown or when the role may not see offices. */
export function useOffice() {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const allowed = me !== undefined && can(me, 'clinic:read');
  return useQuery({ ...officesQuery, enabled: allowed }).data?.items[0];
}

/** The IANA zone in which instants are shown: the office's, else central Mexico's. */
export function useZone(): string {
  return useOffice()?.time_zone ?? DEFAULT_ZONE;
}
