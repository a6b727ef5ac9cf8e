import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { ConsentFilter } from './search';
import type { ConsentEvent, Consents, Purpose, RevocationInput } from '@/lib/api/types';

export type { ConsentEvent, Consents, Purpose, RevocationInput };

/** Where each purpose stands, and the whole chain of events of one patient. */
export function consentsQuery(patientId: string) {
  return queryOptions({
    queryKey: ['consents', patientId],
    queryFn: ({ signal }) =>
      read(api.GET('/api/patients/{id}/consents', { params: { path: { id: patientId } }, signal })),
  });
}

/** What the template asks: the necessary purpose. Voluntary ones need their own answer, one by one. */
const ASKED: Purpose[] = ['care'];

function useRefresh(patientId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['consents', patientId] }),
      client.invalidateQueries({ queryKey: ['patients'] }),
      client.invalidateQueries({ queryKey: ['messages'] }),
    ]);
}

/** Sends the approved template. 422 `clinic.incomplete` names what the clinic lacks. */
export function useRequestConsent(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (key: string) =>
      read(
        api.POST('/api/patients/{id}/consent-requests', {
          params: { path: { id: patientId } },
          body: { channel: 'whatsapp', purposes: ASKED },
          headers: idempotency(key),
        }),
      ),
    onSuccess: refresh,
  });
}

/** Adds a revocation to the chain. It cannot be taken back, only asked for anew. */
export function useRevokeConsent(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ body, key }: { body: RevocationInput; key: string }) =>
      read(
        api.POST('/api/patients/{id}/consents/revocations', {
          params: { path: { id: patientId } },
          body,
          headers: idempotency(key),
        }),
      ),
    onSuccess: refresh,
  });
}

const PAGE_SIZE = 20;

/** Patients by where their consent stands; without a state, all. */
export function consentPatientsQuery(consent: ConsentFilter | undefined, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['patients', 'consents', { consent, cursor }],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/patients', {
          params: { query: { limit: PAGE_SIZE, ...(consent && { consent }), ...(cursor && { cursor }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
