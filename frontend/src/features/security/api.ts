import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { meQuery } from '@/lib/session';

export type ClinicSecurity = components['schemas']['ClinicSecurity'];
type ClinicSecurityInput = components['schemas']['ClinicSecurityRequest'];

/** When sessions lock, and who must have a second factor. */
export const clinicSecurityQuery = queryOptions({
  queryKey: ['clinic-security'],
  queryFn: () => read(api.GET('/api/clinic/security')),
});

/** Replaces it; 412 when somebody changed it meanwhile. */
export function useSaveClinicSecurity() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, body }: { version: number; body: ClinicSecurityInput }): Promise<ClinicSecurity> =>
      read(api.PUT('/api/clinic/security', { params: { header: ifMatch(version) }, body })),
    onSuccess: async (security) => {
      client.setQueryData(clinicSecurityQuery.queryKey, security);
      // Both hold for the person herself, too.
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}
