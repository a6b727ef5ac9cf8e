import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { Patient } from '@/lib/api/types';

/** The body of an answer that is a patient; see {@link Patient} for what that adds to the document. */
export async function readPatient(call: Promise<{ data?: Partial<Patient> }>): Promise<Patient> {
  return (await read(call)) as Patient;
}

/** The whole record of one patient, with its version. Opening it is an act the trail keeps. */
export function patientQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', 'record', patientId],
    queryFn: ({ signal }) =>
      readPatient(api.GET('/api/patients/{id}', { params: { path: { id: patientId } }, signal })),
  });
}
