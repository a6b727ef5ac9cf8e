import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import { summaryQuery } from '@/lib/chart';

type Schemas = components['schemas'];

export type Prescription = Schemas['Prescription'];
export type PrescriptionListItem = Schemas['PrescriptionListItem'];
export type PrescriptionStatus = PrescriptionListItem['status'];

/** The first part of every query key about recetas. */
export const PRESCRIPTIONS = 'prescriptions';

const PAGE_SIZE = 20;

interface ListAsked {
  status?: PrescriptionStatus | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

function asked({ status, cursor, limit = PAGE_SIZE }: ListAsked) {
  return { limit, ...(status && { status }), ...(cursor !== undefined && { cursor }) };
}

/** A patient's recetas, the newest first. */
export function patientPrescriptionsQuery(patientId: string, page: ListAsked = {}) {
  return queryOptions({
    queryKey: [PRESCRIPTIONS, 'patient', patientId, page],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/patients/{id}/prescriptions', {
          params: { path: { id: patientId }, query: asked(page) },
          signal,
        }),
      ),
  });
}

/** The recetas of the clinic, the newest first. */
export function prescriptionsQuery(page: ListAsked & { mine?: boolean }) {
  const { mine = false, ...rest } = page;
  return queryOptions({
    queryKey: [PRESCRIPTIONS, 'list', page],
    queryFn: ({ signal }) =>
      read(api.GET('/api/prescriptions', { params: { query: { ...asked(rest), ...(mine && { mine }) } }, signal })),
  });
}

/** One receta as the server has it now. */
export function readPrescription(id: string, signal?: AbortSignal): Promise<Prescription> {
  return read(api.GET('/api/prescriptions/{id}', { params: { path: { id } }, ...(signal && { signal }) }));
}

/** After a receta came, went, was signed or voided: what shows it is asked again. */
export async function refreshPrescriptions(client: QueryClient, patientId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({
      queryKey: [PRESCRIPTIONS],
      predicate: ({ queryKey }) => queryKey[1] !== 'one',
    }),
    client.invalidateQueries({ queryKey: summaryQuery(patientId).queryKey }),
  ]);
}

/** One's own receta of a consultation that is not signed yet. */
async function openDraft(consultationId: string, userId: string): Promise<string | undefined> {
  const { items } = await read(
    api.GET('/api/consultations/{id}/prescriptions', {
      params: { path: { id: consultationId }, query: { status: 'draft', limit: PAGE_SIZE } },
    }),
  );
  return items.find(({ author }) => author.id === userId)?.id;
}

/** Begins a receta on a consultation, or goes on with the one that was left open; answers its id. */
export function useBeginPrescription(patientId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ consultationId, userId, key }: { consultationId: string; userId: string; key: string }) => {
      const left = await openDraft(consultationId, userId);
      if (left !== undefined) return left;
      const begun = await read(
        api.POST('/api/consultations/{id}/prescriptions', {
          params: { path: { id: consultationId } },
          body: {},
          headers: idempotency(key),
        }),
      );
      return begun.id;
    },
    onSuccess: () => refreshPrescriptions(client, patientId),
  });
}
