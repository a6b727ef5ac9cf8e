import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { ProofInput } from '@/lib/passkey-proof';
import { meQuery } from '@/lib/session';

/** A fresh proof, good for five minutes. */
export function useReauthenticate() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (input: ProofInput) => {
      const { proofOf } = await import('@/lib/passkey-proof');
      await api.POST('/api/auth/reauthenticate', { body: await proofOf(input) });
    },
  });
}

/** The letter of confidentiality as it is today. */
export function useLetter() {
  return useQuery({
    queryKey: ['session', 'letter'],
    queryFn: () => read(api.GET('/api/confidentiality-letter')),
  });
}

export function useAcceptLetter() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (version: number) => {
      await api.POST('/api/confidentiality-letter/accept', { body: { version } });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}
