import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import { summaryQuery } from '@/lib/chart';
import type { MeasureSet } from '@/lib/measures';

const PAGE_SIZE = 20;

const ROOT = ['patients', 'vital-signs'] as const;

/** One page of a patient's readings, the newest first. */
export function readingsPage(patientId: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...ROOT, patientId, 'page', cursor ?? ''],
    queryFn: ({ signal }) => {
      const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
      return read(api.GET('/api/patients/{id}/vital-signs', { params: { path: { id: patientId }, query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

/** Every measure over time. */
export function seriesQuery(patientId: string) {
  return queryOptions({
    queryKey: [...ROOT, patientId, 'series'],
    queryFn: async ({ signal }) => {
      const params = { path: { id: patientId }, query: { series: true, limit: 1 } };
      return (await read(api.GET('/api/patients/{id}/vital-signs', { params, signal }))).series ?? [];
    },
  });
}

function useRefresh(patientId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: [...ROOT, patientId] }),
      client.invalidateQueries({ queryKey: summaryQuery(patientId).queryKey }),
    ]);
}

/** Records what was measured; without a moment, now. */
export function useRecordVitals(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ set, at, key }: { set: MeasureSet; at: string | undefined; key: string }) =>
      read(
        api.POST('/api/patients/{id}/vital-signs', {
          params: { path: { id: patientId } },
          body: { ...set, ...(at !== undefined && { measured_at: at }) },
          headers: idempotency(key),
        }),
      ),
    onSuccess: refresh,
  });
}

/** Takes a reading out of the count; it stays in sight with the reason. */
export function useVoidReading(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ readingId, reason, key }: { readingId: string; reason: string; key: string }) =>
      read(
        api.POST('/api/patients/{id}/vital-signs/{reading_id}/void', {
          params: { path: { id: patientId, reading_id: readingId } },
          body: { reason },
          headers: idempotency(key),
        }),
      ),
    onSuccess: refresh,
  });
}
