import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { isStatus } from '@/lib/api/error';
import { idempotency } from '@/lib/api/idempotency';
import type { Patient, PatientInput } from '@/lib/api/types';
import { patientQuery, readPatient } from '@/lib/patients';
import { useCan } from '@/lib/permissions';

/** The chart's first page in one call. */
export function summaryQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', 'summary', patientId],
    queryFn: ({ signal }) =>
      read(api.GET('/api/patients/{id}/summary', { params: { path: { id: patientId } }, signal })),
  });
}

/** Absent, foreign and forbidden take the place of the whole page; other failures offer to retry. */
function takesThePage(error: Error, query: { state: { data: unknown } }): boolean {
  return query.state.data === undefined && (isStatus(error, 404) || isStatus(error, 403));
}

/**
 * What stays in sight on every page of the chart. Who may read the summary gets it from there, so
 * that the first page is one call; the others from the record.
 */
export function useBanner(patientId: string) {
  const reads = useCan()('chart:read');
  const summary = useQuery({ ...summaryQuery(patientId), enabled: reads, throwOnError: takesThePage });
  const record = useQuery({ ...patientQuery(patientId), enabled: !reads, throwOnError: takesThePage });
  return { query: reads ? summary : record, banner: reads ? summary.data?.banner : record.data };
}

export type Banner = NonNullable<ReturnType<typeof useBanner>['banner']>;

async function accept(client: QueryClient, patient: Patient): Promise<void> {
  client.setQueryData(patientQuery(patient.id).queryKey, patient);
  await Promise.all([
    client.invalidateQueries({ queryKey: summaryQuery(patient.id).queryKey }),
    client.invalidateQueries({ queryKey: ['patients', 'list'], refetchType: 'none' }),
  ]);
}

/** Replaces the editable part of a record; 412 when somebody saved meanwhile. */
export function useSavePatient(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, body }: { version: number; body: PatientInput }) =>
      readPatient(
        api.PUT('/api/patients/{id}', { params: { path: { id: patientId }, header: ifMatch(version) }, body }),
      ),
    onSuccess: (patient) => accept(client, patient),
  });
}

/** The record as it stands on the server now. */
export function useFreshPatient(patientId: string) {
  const client = useQueryClient();
  return () => client.query({ ...patientQuery(patientId), staleTime: 0 });
}

export function useArchive(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ reason, key }: { reason: string; key: string }) =>
      readPatient(
        api.POST('/api/patients/{id}/archive', {
          params: { path: { id: patientId } },
          body: { reason },
          headers: idempotency(key),
        }),
      ),
    onSuccess: (patient) => accept(client, patient),
  });
}

export function useUnarchive(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => readPatient(api.POST('/api/patients/{id}/unarchive', { params: { path: { id: patientId } } })),
    onSuccess: (patient) => accept(client, patient),
  });
}
