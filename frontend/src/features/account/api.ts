import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, read } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { meQuery } from '@/lib/session';

type Schemas = components['schemas'];

export type Profile = Schemas['Profile'];
export type ProfileInput = Schemas['ProfileRequest'];
export type Guards = Schemas['Guards'];
export type TotpSetup = Schemas['TOTPSetup'];
export type Passkey = Schemas['Passkey'];
export type TrustedDevice = Schemas['TrustedDevice'];
export type OpenSession = Schemas['OpenSession'];

/** Everything here is the person's own; it goes when somebody else signs in. */
const ACCOUNT = 'account';

/** Who the person is: what her notes and recetas will say. */
export const profileQuery = queryOptions({
  queryKey: [ACCOUNT, 'profile'],
  queryFn: () => read(api.GET('/api/auth/profile')),
});

/** Her second factors, recovery codes and remembered browsers. */
export const guardsQuery = queryOptions({
  queryKey: [ACCOUNT, 'guards'],
  queryFn: () => read(api.GET('/api/auth/security')),
});

/** The browsers where she is signed in; the newest hundred. */
export const sessionsQuery = queryOptions({
  queryKey: [ACCOUNT, 'sessions'],
  queryFn: () => read(api.GET('/api/auth/sessions', { params: { query: { limit: 100 } } })),
});

/** The letter of confidentiality as it is today. */
export const letterQuery = queryOptions({
  queryKey: ['session', 'letter'],
  queryFn: () => read(api.GET('/api/confidentiality-letter')),
});

/** What the account and the session say of it is asked anew. */
function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: [ACCOUNT] }),
      client.invalidateQueries({ queryKey: meQuery.queryKey }),
    ]);
}

export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: ({ version, body }: { version: number; body: ProfileInput }): Promise<Profile> =>
      read(api.PUT('/api/auth/profile', { params: { header: ifMatch(version) }, body })),
    onSuccess: async (profile) => {
      client.setQueryData(profileQuery.queryKey, profile);
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

/** Sends the link that proves the address once more. */
export function useResendVerification() {
  return useMutation({ mutationFn: () => api.POST('/api/auth/email/verification') });
}

/** Changes the password and ends the other sessions; 422 when the current one is wrong. */
export function useChangePassword() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (body: Schemas['ChangePasswordRequest']) => api.PUT('/api/auth/password', { body }),
    onSuccess: refresh,
  });
}

export function useSetPin() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (pin: string) => api.PUT('/api/auth/pin', { body: { pin } }),
    onSuccess: refresh,
  });
}

export function useRemovePin() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.DELETE('/api/auth/pin'), onSuccess: refresh });
}

/** Begins an authenticator app: a secret that counts once a code of it was given. */
export function useSetUpTotp() {
  return useMutation({ mutationFn: (): Promise<TotpSetup> => read(api.POST('/api/auth/totp/setup')) });
}

/** Ends it with a code; answers the recovery codes, which are shown once. */
export function useEnableTotp() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (code: string) =>
      (await read(api.POST('/api/auth/totp/enable', { body: { code } }))).recovery_codes,
    onSuccess: refresh,
  });
}

export function useDisableTotp() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: () => api.POST('/api/auth/totp/disable'),
    onSuccess: refresh,
  });
}

/** Ten new recovery codes; the former ones die. */
export function useNewCodes() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async () => (await read(api.POST('/api/auth/recovery-codes'))).recovery_codes,
    onSuccess: refresh,
  });
}

/** Cancels the notice, given at the door, that the second factor was lost. */
export function useKeepFactor() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.DELETE('/api/auth/factor/lost'), onSuccess: refresh });
}

/** Makes a passkey on this device; answers the recovery codes when it is the first second factor. */
export function useAddPasskey() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (name: string) => {
      const { makePasskey } = await import('@/lib/passkeys');
      const { challenge_id, options } = await read(api.POST('/api/auth/passkeys/begin'));
      const credential = await makePasskey(options);
      const made = await read(api.POST('/api/auth/passkeys/finish', { body: { challenge_id, name, credential } }));
      return made.recovery_codes ?? [];
    },
    onSuccess: refresh,
  });
}

export function useRemovePasskey() {
  const refresh = useRefresh();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: (id: string) => api.DELETE('/api/auth/passkeys/{id}', { params: { path: { id } } }),
    onSuccess: refresh,
  });
}

/** Forgets one remembered browser, or all of them. */
export function useForgetDevices() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id?: string) =>
      id === undefined
        ? api.DELETE('/api/auth/devices')
        : api.DELETE('/api/auth/devices/{id}', { params: { path: { id } } }),
    onSettled: refresh,
  });
}

/** Ends one other session, or all others. */
export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id?: string) =>
      id === undefined
        ? api.DELETE('/api/auth/sessions')
        : api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}
