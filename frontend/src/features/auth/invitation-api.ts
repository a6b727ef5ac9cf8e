import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { InvitationAnswer } from '@/lib/api/types';
import { acceptSignIn } from '@/lib/session';

/** The invitation of a link; reading it changes nothing. */
export function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitations', token],
    queryFn: () => read(api.GET('/api/invitations/{token}', { params: { path: { token } } })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** Takes the invitation, once, and signs in to the clinic it is of. */
export function useAcceptInvitation(token: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (body: InvitationAnswer) => {
      const path = { token };
      const signedIn = await read(api.POST('/api/invitations/{token}/accept', { params: { path }, body }));
      await acceptSignIn(client, signedIn);
    },
  });
}
