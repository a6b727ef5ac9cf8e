import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { CONSULTATIONS } from '@/lib/consultations';

type Schemas = components['schemas'];

export type Draft = Schemas['MyConsultation'];
export type WaitingMessage = Schemas['Message'];

const MOST_DRAFTS = 20;
const MOST_MESSAGES = 5;
const MOST_PATIENTS = 8;
const MOST_CONSENTS = 6;

/** One's own notes without a signature, the newest first. */
export const draftsQuery = queryOptions({
  queryKey: [CONSULTATIONS, 'mine', 'draft'],
  queryFn: ({ signal }) =>
    read(api.GET('/api/consultations', { params: { query: { status: 'draft', limit: MOST_DRAFTS } }, signal })),
});

/** The parts that one note still lacks, by name. */
export function missingPartsQuery({ id, updated_at: updated }: Draft) {
  return queryOptions({
    queryKey: [CONSULTATIONS, 'missing', id, updated],
    queryFn: async ({ signal }) => {
      const { items } = await read(api.GET('/api/consultations/{id}/completeness', { params: { path: { id } }, signal }));
      return items.filter(({ state, required }) => required && (state === 'missing' || state === 'in_progress'));
    },
  });
}

/** Messages that did not arrive and that nobody has settled; the first few. */
export const waitingMessagesQuery = queryOptions({
  queryKey: ['messages', 'today'],
  queryFn: ({ signal }) =>
    read(api.GET('/api/messages', { params: { query: { needs_call: true, limit: MOST_MESSAGES } }, signal })),
});

/** Whom the clinic saw last. It stands still while it is read. */
export const recentPatientsQuery = queryOptions({
  queryKey: ['patients', 'recent'],
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/patients', { params: { query: { limit: MOST_PATIENTS } }, signal }))).items,
  meta: { live: 'manual' },
});

/** Who has not accepted yet; the first few. */
export const missingConsentsQuery = queryOptions({
  queryKey: ['patients', 'consents', 'today'],
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/patients', { params: { query: { consent: 'missing', limit: MOST_CONSENTS } }, signal })))
      .items,
});
