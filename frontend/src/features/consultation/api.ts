import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Proof } from '@/components/clinical/signing/proof';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import { CONSULTATIONS, refreshAround } from '@/lib/consultations';
import { settle } from '@/lib/drafts/living';
import type { NoteBody } from './note';

type Schemas = components['schemas'];

export type Consultation = Schemas['Consultation'];
export { diagnosesQuery, type FoundDiagnosis } from '@/lib/diagnoses';
export { noteTypesQuery, refreshAround, type NoteType } from '@/lib/consultations';

/**
 * One note. It is read anew each time it is opened, after a former opening in this page has sent
 * what it was sending: a draft begins with what the server has, never with what was cached.
 */
export function consultationQuery(id: string) {
  return queryOptions({
    queryKey: [CONSULTATIONS, 'one', id],
    queryFn: async ({ signal }) => {
      await settle(id);
      return readConsultation(id, signal);
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: { live: 'manual' },
  });
}

export function readConsultation(id: string, signal?: AbortSignal): Promise<Consultation> {
  return read(api.GET('/api/consultations/{id}', { params: { path: { id } }, ...(signal && { signal }) }));
}

/** The last signed note, to look at and to bring words from. */
export function lastNoteQuery(id: string | undefined) {
  return queryOptions({
    queryKey: [CONSULTATIONS, 'last', id ?? ''],
    queryFn: ({ signal }) => readConsultation(id ?? '', signal),
    enabled: id !== undefined,
    staleTime: 10 * 60_000,
  });
}

/** The autosave: replaces the whole text. */
export function saveConsultation(id: string, version: number, body: NoteBody): Promise<Consultation> {
  return read(
    api.PUT('/api/consultations/{id}', { params: { path: { id }, header: ifMatch(version) }, body: body as never }),
  );
}

/** Turns a draft into another kind of note; the text as it was stays among its copies. */
export function changeType(id: string, version: number, type: string, body: NoteBody): Promise<Consultation> {
  return read(
    api.PUT('/api/consultations/{id}', {
      params: { path: { id }, header: ifMatch(version) },
      body: { ...body, type } as never,
    }),
  );
}

/** Keeps a version that lost against another one beside the draft. */
export async function keepCopy(id: string, body: NoteBody): Promise<void> {
  await api.POST('/api/consultations/{id}/copies', { params: { path: { id } }, body: body as never });
}

/** The latest vital signs, for comparing and for what each value means at the patient's age. */
export function readingsQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', 'vital-signs', patientId, 'latest'],
    queryFn: async ({ signal }) => {
      const params = { path: { id: patientId }, query: { limit: 5 } };
      return (await read(api.GET('/api/patients/{id}/vital-signs', { params, signal }))).items;
    },
  });
}

interface Signing {
  version: number;
  proof: Proof;
  key: string;
}

/** Signs the version that is in sight. */
export function useSignConsultation(id: string) {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, proof, key }: Signing) =>
      read(
        api.POST('/api/consultations/{id}/sign', {
          params: { path: { id } },
          body: proof,
          headers: { ...idempotency(key), ...ifMatch(version) },
        }),
      ),
  });
}

/** Adds a signed text to a signed note. */
export function useAddAddendum(consultation: Pick<Consultation, 'id' | 'patient_id'>) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ text, proof, key }: { text: string; proof: Proof; key: string }) =>
      read(
        api.POST('/api/consultations/{id}/addenda', {
          params: { path: { id: consultation.id } },
          body: { text, ...proof },
          headers: idempotency(key),
        }),
      ),
    onSuccess: async (signed) => {
      client.setQueryData(consultationQuery(consultation.id).queryKey, signed);
      await refreshAround(client, consultation.patient_id);
    },
  });
}

/** Puts a draft away; nothing is erased. */
export function useDiscardConsultation(id: string) {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async ({ reason, key }: { reason: string; key: string }) => {
      await api.POST('/api/consultations/{id}/discard', {
        params: { path: { id } },
        body: reason === '' ? {} : { reason },
        headers: idempotency(key),
      });
    },
  });
}
