import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';

export type Connection = components['schemas']['WhatsAppConnection'];
export type Report = components['schemas']['WhatsAppReport'];
export type Finding = components['schemas']['WhatsAppFinding'];

/** How the installation stands with WhatsApp, as far as is known without asking Meta. */
export const connectionQuery = queryOptions({
  queryKey: ['whatsapp'],
  queryFn: () => read(api.GET('/api/whatsapp')),
});

/** Asks Meta for everything; 429 within a minute of the last time. */
export function useDiagnosis() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST('/api/whatsapp/diagnosis')),
    onSuccess: (connection) => {
      client.setQueryData(connectionQuery.queryKey, connection);
    },
  });
}
