import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import { summaryQuery } from '@/lib/chart';

type Schemas = components['schemas'];

export type ConsultationItem = Schemas['ConsultationItem'];
export type NoteType = Schemas['NoteType'];

/** The first part of every query key about consultations. */
export const CONSULTATIONS = 'consultations';

/** The kinds of note, with their sections: all that the program's pages know of the norm. */
export const noteTypesQuery = queryOptions({
  queryKey: ['note-types'],
  queryFn: async ({ signal }) => (await read(api.GET('/api/note-types', { signal }))).items,
  staleTime: 60 * 60_000,
});

/** A patient's notes, the newest first. */
export function patientConsultationsQuery(patientId: string, cursor?: string) {
  return queryOptions({
    queryKey: [CONSULTATIONS, 'patient', patientId, cursor ?? ''],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/patients/{id}/consultations', {
          params: { path: { id: patientId }, query: cursor === undefined ? {} : { cursor } },
          signal,
        }),
      ),
  });
}

/** After a note came, went or was signed: what shows it is asked again. */
export async function refreshAround(client: QueryClient, patientId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: [CONSULTATIONS], refetchType: 'active', predicate: ({ queryKey }) => queryKey[1] !== 'one' }),
    client.invalidateQueries({ queryKey: summaryQuery(patientId).queryKey }),
  ]);
}

interface Opening {
  type: string;
  officeId: string | undefined;
  key: string;
}

/** Opens a draft. */
export function useOpenConsultation(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ type, officeId, key }: Opening) =>
      read(
        api.POST('/api/patients/{id}/consultations', {
          params: { path: { id: patientId } },
          body: { type, ...(officeId !== undefined && { office_id: officeId }) },
          headers: idempotency(key),
        }),
      ),
    onSuccess: () => refreshAround(client, patientId),
  });
}
