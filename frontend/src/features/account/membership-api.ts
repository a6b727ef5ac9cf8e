import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { startAnew } from '@/lib/start-anew';

/** An offer of ownership that concerns the person; null when there is none. */
export const offerQuery = queryOptions({
  queryKey: ['staff', 'offer'],
  queryFn: async ({ signal }) => {
    const { offer } = await read(api.GET('/api/staff/ownership-offer', { signal }));
    return offer ?? null;
  },
});

/** Colleagues who write notes, for whoever leaves drafts. */
export const writersQuery = queryOptions({
  queryKey: ['staff', 'writers'],
  queryFn: async ({ signal }) => {
    const { items } = await read(api.GET('/api/staff', { params: { query: { limit: 100 } }, signal }));
    return items.filter(({ own, status, prescribes }) => !own && status === 'active' && prescribes);
  },
});

/** Takes the clinic that was offered: role and permissions of this session change at once. */
export function useAcceptOwnership() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: () => read(api.POST('/api/staff/accept-ownership')),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useDeclineOwnership() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/staff/ownership-offer'),
    onSettled: () => client.invalidateQueries({ queryKey: offerQuery.queryKey }),
  });
}

/** Leaves the clinic; the session ends with it. */
export function useLeaveClinic() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (handover_to: string) =>
      api.POST('/api/staff/leave', { body: { ...(handover_to !== '' && { handover_to }) } }),
    onSuccess: () => {
      startAnew();
    },
  });
}
