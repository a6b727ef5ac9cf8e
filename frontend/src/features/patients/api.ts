import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { PatientInput } from '@/lib/api/types';
import { patientQuery, readPatient } from '@/lib/patients';

/** How many patients a page of the list holds. */
export const PAGE_SIZE = 20;

/** The server searches from two letters on. */
const MIN_LETTERS = 2;

export interface ListFilter {
  /** What was typed, in any order and without accents. */
  text: string;
  archived: boolean;
  withoutConsent: boolean;
}

function listParameters({ text, archived, withoutConsent }: ListFilter, cursor: string | undefined) {
  const q = text.trim();
  return {
    limit: PAGE_SIZE,
    status: archived ? ('archived' as const) : ('active' as const),
    ...(q.length >= MIN_LETTERS ? { q } : {}),
    ...(withoutConsent ? { consent: 'missing' as const } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** One page of the list. The last one stays while the next comes; news wait until they are asked for. */
export function patientsPage(filter: ListFilter, cursor: string | undefined) {
  const query = listParameters(filter, cursor);
  return queryOptions({
    queryKey: ['patients', 'list', query],
    queryFn: ({ signal }) => read(api.GET('/api/patients', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    meta: { live: 'manual' },
  });
}

/** Who may be the person that is being typed. Nothing is saved, and nothing is asked without a clue. */
export function duplicatesQuery(clues: PatientInput | undefined) {
  return queryOptions({
    queryKey: ['patients', 'duplicates', clues],
    queryFn: ({ signal }) => clues && read(api.POST('/api/patients/duplicates', { body: clues, signal })),
    enabled: clues !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 0,
    refetchOnWindowFocus: false,
    meta: { live: 'manual' },
  });
}

/** Registers a patient; the same key twice is one patient. */
export function useRegisterPatient() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ body, key }: { body: PatientInput; key: string }) =>
      readPatient(api.POST('/api/patients', { body, headers: idempotency(key) })),
    onSuccess: async (patient) => {
      client.setQueryData(patientQuery(patient.id).queryKey, patient);
      await client.invalidateQueries({ queryKey: ['patients', 'list'], refetchType: 'none' });
    },
  });
}

/** Sends the privacy notice by WhatsApp and asks the consent that care needs. */
export function useSendNotice() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ patientId, key }: { patientId: string; key: string }) =>
      read(
        api.POST('/api/patients/{id}/consent-requests', {
          params: { path: { id: patientId } },
          body: { channel: 'whatsapp', purposes: ['care'] },
          headers: idempotency(key),
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['consents'] }),
  });
}
