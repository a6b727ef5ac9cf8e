import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { LoginInput, RegisterInput } from '@/lib/api/types';
import { acceptSignIn } from '@/lib/session';

/** Signs in; `userId` is the person already known to the page, whose data then stay. */
export function useSignIn(userId?: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (body: LoginInput) => {
      const signedIn = await read(api.POST('/api/auth/login', { body }));
      await acceptSignIn(client, signedIn, userId);
      return signedIn;
    },
  });
}

/** Signs in with a passkey alone; in a given clinic where the page already stands in one. */
export function usePasskeySignIn(userId?: string, clinicId?: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async () => {
      const { passkeyProof } = await import('@/lib/passkey-proof');
      const proof = await passkeyProof();
      const body = { ...proof, ...(clinicId !== undefined && { clinic_id: clinicId }) };
      const signedIn = await read(api.POST('/api/auth/login/passkey/finish', { body }));
      await acceptSignIn(client, signedIn, userId);
      return signedIn;
    },
  });
}

/** Makes the account and the clinic, and signs in. */
export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (body: RegisterInput) => {
      const signedIn = await read(api.POST('/api/auth/register', { body }));
      await acceptSignIn(client, signedIn);
      return signedIn;
    },
  });
}
