/** The filters of the list as they stand in the address. What is searched for is not among them. */
export interface PatientsSearch {
  estado?: 'activos' | 'archivados' | undefined;
  consentimiento?: 'sin' | undefined;
}

/** Keeps what is known and drops the rest. */
export function readPatientsSearch(search: Record<string, unknown>): PatientsSearch {
  const { estado, consentimiento } = search;
  return {
    ...(estado === 'activos' || estado === 'archivados' ? { estado } : {}),
    ...(consentimiento === 'sin' ? { consentimiento } : {}),
  };
}
