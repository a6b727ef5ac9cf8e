/** The states of the list as they stand in the address and in the API. */
export const STATES = ['none', 'waiting', 'accepted', 'revoked', 'failed', 'refused', 'expired'] as const;
export type ConsentFilter = (typeof STATES)[number];

export interface ConsentsSearch {
  estado?: ConsentFilter | undefined;
}

/** Keeps what is known and drops the rest. */
export function readConsentsSearch(search: Record<string, unknown>): ConsentsSearch {
  return { estado: STATES.find((state) => state === search.estado) };
}
