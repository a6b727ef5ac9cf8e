import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { Patient, PatientInput } from '@/lib/api/types';
import { summaryQuery, useBanner, type Banner } from '@/lib/chart';
import { patientQuery, readPatient } from '@/lib/patients';

export { summaryQuery, useBanner, type Banner };

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

/** Says that a medicine is no longer taken. */
export function useStopMedication(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ courseId, reason, key }: { courseId: string; reason: string; key: string }) =>
      read(
        api.POST('/api/patients/{id}/medications/{course_id}/stop', {
          params: { path: { id: patientId, course_id: courseId } },
          body: { reason },
          headers: idempotency(key),
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: summaryQuery(patientId).queryKey }),
  });
}
