import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import { idempotency } from '@/lib/api/idempotency';
import type { Clinic, ClinicInput, Office, OfficeInput } from '@/lib/api/types';
import { clinicQuery } from '@/lib/clinic';
import { officesQuery } from '@/lib/office';
import { meQuery } from '@/lib/session';

/** Replaces the clinic's data; 412 when somebody changed them meanwhile. */
export function useSaveClinic() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, body }: { version: number; body: ClinicInput }): Promise<Clinic> =>
      read(api.PUT('/api/clinic', { params: { header: ifMatch(version) }, body })),
    onSuccess: async (clinic) => {
      client.setQueryData(clinicQuery.queryKey, clinic);
      // The sidebar shows the clinic's name.
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

/** Adds an office, or replaces one when it is given; 412 when that one changed meanwhile. */
export function useSaveOffice() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ office, body, key }: { office?: Office | undefined; body: OfficeInput; key: string }) =>
      office
        ? read(
            api.PUT('/api/offices/{id}', {
              params: { path: { id: office.id }, header: ifMatch(office.version) },
              body,
            }),
          )
        : read(api.POST('/api/offices', { body, headers: idempotency(key) })),
    onSuccess: () => client.invalidateQueries({ queryKey: officesQuery.queryKey }),
  });
}
