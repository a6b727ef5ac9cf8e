import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Proof } from '@/components/clinical/signing/proof';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import { settle } from '@/lib/drafts/living';
import { PRESCRIPTIONS, readPrescription, refreshPrescriptions, type Prescription } from '@/lib/prescriptions';
import { toBody, type Content } from './content';

/**
 * One receta. It is read anew each time it is opened, after a former opening in this page has sent
 * what it was sending: a draft begins with what the server has, never with what was cached.
 */
export function prescriptionQuery(id: string) {
  return queryOptions({
    queryKey: [PRESCRIPTIONS, 'one', id],
    queryFn: async ({ signal }) => {
      await settle(id);
      return readPrescription(id, signal);
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: { live: 'manual' },
  });
}

/** The autosave: replaces the whole content; the answer judges it. */
export function savePrescription(id: string, version: number, content: Content): Promise<Prescription> {
  return read(
    api.PUT('/api/prescriptions/{id}', {
      params: { path: { id }, header: ifMatch(version) },
      body: toBody(content),
    }),
  );
}

/**
 * Medicines without aught that the patient's allergies warn of, in the place of one item: of the same use, or what
 * `words` find. The server judges the draft that it has, so that `save` sends it first.
 */
export function alternativesQuery(id: string, itemId: string, words: string, save: () => Promise<unknown>) {
  return queryOptions({
    queryKey: [PRESCRIPTIONS, 'one', id, 'alternatives', itemId, words],
    queryFn: async ({ signal }) => {
      await save();
      const params = { path: { id, item_id: itemId }, query: { q: words, limit: ALTERNATIVES } };
      return (await read(api.GET('/api/prescriptions/{id}/items/{item_id}/alternatives', { params, signal }))).items;
    },
    // Between two openings an allergy may have been written down.
    gcTime: 0,
    placeholderData: (former) => former,
    meta: { live: 'manual' },
  });
}

const FAVOURITES = ['catalogs', 'medications', 'favourites'];
const FOUND = 8;
const MOST_FAVOURITES = 50;
const ALTERNATIVES = 20;

/** Products by what people type: substance, form, concentration; the doctor's own first. */
export function medicationsQuery(words: string) {
  return queryOptions({
    queryKey: ['catalogs', 'medications', words],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/catalogs/medications', { params: { query: { q: words, limit: FOUND } }, signal }))).items,
    staleTime: 5 * 60_000,
    placeholderData: (former) => former,
  });
}

/** What the doctor uses most or has pinned. */
export const favouritesQuery = queryOptions({
  queryKey: FAVOURITES,
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/catalogs/medications', { params: { query: { q: '', limit: MOST_FAVOURITES } }, signal })))
      .items,
  staleTime: 60_000,
});

/** Pins a product to the doctor's favourites, or lets it go. */
export function usePinMedication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, pinned }: { id: string; pinned: boolean }) => {
      await api.PUT('/api/favorites/{kind}/{code}', {
        params: { path: { kind: 'medications', code: id } },
        body: { pinned },
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['catalogs', 'medications'] }),
  });
}

interface Signing {
  version: number;
  proof: Proof;
  key: string;
}

/** Signs the version that is in sight. */
export function useSignPrescription(id: string) {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, proof, key }: Signing) =>
      read(
        api.POST('/api/prescriptions/{id}/sign', {
          params: { path: { id } },
          body: proof,
          headers: { ...idempotency(key), ...ifMatch(version) },
        }),
      ),
  });
}

/** Voids a signed receta; its medicines are no longer in use. */
export function useVoidPrescription({ id, patient_id: patientId }: Prescription) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ reason, key }: { reason: string; key: string }) =>
      read(
        api.POST('/api/prescriptions/{id}/void', {
          params: { path: { id } },
          body: { reason },
          headers: idempotency(key),
        }),
      ),
    onSuccess: async (voided) => {
      client.setQueryData(prescriptionQuery(id).queryKey, voided);
      await refreshPrescriptions(client, patientId);
    },
  });
}

/** Begins the receta that takes the place of a voided one. */
export function useReissuePrescription({ id, patient_id: patientId }: Prescription) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      read(
        api.POST('/api/prescriptions/{id}/reissue', { params: { path: { id } }, headers: idempotency(key) }),
      ),
    onSuccess: () => refreshPrescriptions(client, patientId),
  });
}

/** Puts a draft away; nothing is erased. */
export function useDiscardPrescription({ id, patient_id: patientId }: Prescription) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (key: string) => {
      await api.POST('/api/prescriptions/{id}/discard', { params: { path: { id } }, headers: idempotency(key) });
    },
    onSuccess: () => refreshPrescriptions(client, patientId),
  });
}
