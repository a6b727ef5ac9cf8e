import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { components } from '@/lib/api/schema';
import { summaryQuery } from '@/lib/chart';

type Schemas = components['schemas'];

export type AllergyInput = Schemas['AllergyInput'];
export type ProblemInput = Schemas['MedicalProblemInput'];

/** An entry that exists already, at the version in sight; undefined adds a new one. */
type Known = { id: string; version: number } | undefined;

interface Saving<T> {
  known: Known;
  body: T;
  key: string;
}

/** After a list of the chart changed: what shows it is asked again. */
function useRefresh(patientId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: summaryQuery(patientId).queryKey });
}

/** Substances by what people type: classes, generic names, foods. */
export function allergensQuery(words: string) {
  return queryOptions({
    queryKey: ['catalogs', 'allergens', words],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/catalogs/allergens', { params: { query: { q: words, limit: 8 } }, signal }))).items,
    staleTime: 5 * 60_000,
    placeholderData: (former) => former,
  });
}

/** Adds an allergy to the chart, or changes one; 412 when somebody changed it meanwhile. */
export function useSaveAllergy(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async ({ known, body, key }: Saving<AllergyInput>) => {
      const path = { id: patientId };
      if (!known) {
        await api.POST('/api/patients/{id}/allergies', { params: { path }, body, headers: idempotency(key) });
        return;
      }
      const params = { path: { ...path, allergy_id: known.id }, header: ifMatch(known.version) };
      await api.PUT('/api/patients/{id}/allergies/{allergy_id}', { params, body });
    },
    onSuccess: refresh,
  });
}

/** Notes that the patient was asked and knows of no allergy: a fact of its own. */
export function useDenyAllergies(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (key: string) => {
      await api.POST('/api/patients/{id}/allergies/none-known', {
        params: { path: { id: patientId } },
        headers: idempotency(key),
      });
    },
    onSuccess: refresh,
  });
}

/** Adds a problem to the chart's list, or changes one. */
export function useSaveProblem(patientId: string) {
  const refresh = useRefresh(patientId);
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async ({ known, body, key }: Saving<ProblemInput>) => {
      const path = { id: patientId };
      if (!known) {
        await api.POST('/api/patients/{id}/problems', { params: { path }, body, headers: idempotency(key) });
        return;
      }
      const params = { path: { ...path, problem_id: known.id }, header: ifMatch(known.version) };
      await api.PUT('/api/patients/{id}/problems/{problem_id}', { params, body });
    },
    onSuccess: refresh,
  });
}
