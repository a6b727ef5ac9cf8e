import type { PrescriptionStatus } from '@/lib/prescriptions';

/** The states that can be asked for, as they stand in the address and in the API. */
export const STATUSES = ['draft', 'signed', 'voided'] as const satisfies readonly PrescriptionStatus[];

/** The filter of the list as it stands in the address. */
export interface PrescriptionsSearch {
  estado?: (typeof STATUSES)[number] | undefined;
  mias?: true | undefined;
}

/** Keeps what is known and drops the rest. */
export function readPrescriptionsSearch(search: Record<string, unknown>): PrescriptionsSearch {
  return {
    estado: STATUSES.find((status) => status === search.estado),
    mias: search.mias === true ? true : undefined,
  };
}
