import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';

/** The whole record of one patient, with its version. Opening it is an act the trail keeps. */
export function patientQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', 'record', patientId],
    queryFn: ({ signal }) => read(api.GET('/api/patients/{id}', { params: { path: { id: patientId } }, signal })),
  });
}
