import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api/client';
import { meQuery } from '@/lib/session';

/** Asks for the mail with the link; the answer never tells whether the address has an account. */
export function useForgot() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (email: string) => api.POST('/api/auth/password/forgot', { body: { email } }),
  });
}

/** Sets a new password with the token of the mail. It ends every session and opens none. */
export function useReset() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (body: { token: string; password: string }) => api.POST('/api/auth/password/reset', { body }),
  });
}

/** Proves that the signed-in person reads the address of the account. */
export function useVerifyEmail() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (token: string) => {
      await api.POST('/api/auth/email/verify', { body: { token } });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

/** Sends the mail that proves the address once more. */
export function useResendVerification() {
  return useMutation({ mutationFn: () => api.POST('/api/auth/email/verification') });
}

/** Asks that a lost second factor be taken away; the answer tells nothing. */
export function useLostFactor() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (body: { email: string; password: string }) => api.POST('/api/auth/factor/lost', { body }),
  });
}

/** Stops that, with the token of the notice. */
export function useCancelLostFactor() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (token: string) => api.POST('/api/auth/factor/lost/cancel', { body: { token } }),
  });
}
