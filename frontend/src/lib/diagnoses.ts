import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';

/** A diagnosis of CIE-10. */
export interface FoundDiagnosis {
  code: string;
  label: string;
  favorite?: boolean;
}

/** Diagnoses by code or by what people say; without words, those the doctor uses most. */
export function diagnosesQuery(words: string) {
  return queryOptions({
    queryKey: ['catalogs', 'diagnoses', words],
    queryFn: async ({ signal }): Promise<FoundDiagnosis[]> => {
      const { items } = await read(
        api.GET('/api/catalogs/diagnoses', { params: { query: { q: words, limit: 8 } }, signal }),
      );
      return items;
    },
    staleTime: 5 * 60_000,
    placeholderData: (former) => former,
  });
}
