import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { isStatus } from '@/lib/api/error';
import { patientQuery } from '@/lib/patients';
import { useCan } from '@/lib/permissions';

/** The chart's first page in one call. */
export function summaryQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', 'summary', patientId],
    queryFn: ({ signal }) =>
      read(api.GET('/api/patients/{id}/summary', { params: { path: { id: patientId } }, signal })),
  });
}

/** Absent, foreign and forbidden take the place of the whole page; other failures offer to retry. */
function takesThePage(error: Error, query: { state: { data: unknown } }): boolean {
  return query.state.data === undefined && (isStatus(error, 404) || isStatus(error, 403));
}

/**
 * What stays in sight on every page of the chart. Who may read the summary gets it from there, so
 * that the first page is one call; the others from the record.
 */
export function useBanner(patientId: string) {
  const reads = useCan()('chart:read');
  const summary = useQuery({ ...summaryQuery(patientId), enabled: reads, throwOnError: takesThePage });
  const record = useQuery({ ...patientQuery(patientId), enabled: !reads, throwOnError: takesThePage });
  return { query: reads ? summary : record, banner: reads ? summary.data?.banner : record.data };
}

export type Banner = NonNullable<ReturnType<typeof useBanner>['banner']>;
