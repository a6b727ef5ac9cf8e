import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, read } from '@/lib/api/client';
import { readDevice, watchDevice, writeDevice } from '@/lib/device';
import { DEFAULT_ZONE } from '@/lib/format';
import { can } from '@/lib/permissions';
import { meQuery } from '@/lib/session';

/** The clinic's offices. */
export const officesQuery = queryOptions({
  queryKey: ['offices'],
  queryFn: () => read(api.GET('/api/offices', { params: { query: { limit: 100 } } })),
  staleTime: 5 * 60_000,
});

const KEY = 'historias-office';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const stop = watchDevice(KEY, listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
}

/** Says in which office this browser is worked with from now on. */
export function chooseOffice(id: string): void {
  writeDevice(KEY, id);
  for (const listener of listeners) listener();
}

/** The clinic's offices; empty while unknown or when the role may not see them. */
export function useOffices() {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const allowed = me !== undefined && can(me, 'clinic:read');
  return useQuery({ ...officesQuery, enabled: allowed }).data?.items ?? [];
}

/** The office in use: the one chosen in this browser, else the first; undefined while unknown. */
export function useOffice() {
  const offices = useOffices();
  const chosen = useSyncExternalStore(subscribe, () => readDevice(KEY));
  return offices.find(({ id }) => id === chosen) ?? offices[0];
}

/** The IANA zone in which instants are shown: the office's, else central Mexico's. */
export function useZone(): string {
  return useOffice()?.time_zone ?? DEFAULT_ZONE;
}
