import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/lib/api/error';
import { api, read } from '@/lib/api/client';
import { lockGate } from '@/lib/api/lock-gate';
import { sessionGate } from '@/lib/api/session-gate';
import { beginSession, useMe } from '@/lib/session';
import { rememberSessionEnd } from '@/lib/session-end';
import { tellUnlocked } from './locking';

export type Way = 'pin' | 'password' | 'passkey';

async function proofOf(way: Way, text: string) {
  if (way === 'pin') return { pin: text };
  if (way === 'password') return { password: text };
  const { passkeyProof } = await import('@/lib/passkey-proof');
  return { passkey: await passkeyProof() };
}

/** The answers that say that there is no session left to unlock. */
const ENDED = ['auth.signed_out', 'auth.required', 'auth.expired', 'auth.invalid_token', 'auth.session_changed'];

function noteEnd(error: unknown): void {
  if (error instanceof ApiError && ENDED.includes(error.code)) sessionGate.close();
}

/**
 * Uncovers the page; what is on it is asked for anew, since it may have changed meanwhile. What is being
 * written is not: it finds out by itself when it is saved.
 */
export function uncover(client: QueryClient): void {
  lockGate.open();
  void client.invalidateQueries({ predicate: (query) => query.meta?.live !== 'manual' });
}

/** Proves who is there and goes on where the page was. */
export function useUnlock() {
  const client = useQueryClient();
  const { user } = useMe();
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async ({ way, text }: { way: Way; text: string }) => {
      const unlocked = await read(api.POST('/api/auth/unlock', { body: await proofOf(way, text) }));
      rememberSessionEnd(unlocked.expires_at);
      tellUnlocked(user.id);
      uncover(client);
    },
    onError: noteEnd,
  });
}

/** The people who have a session on this browser. */
export function useDesk() {
  return useQuery({
    queryKey: ['session', 'desk'],
    queryFn: () => read(api.GET('/api/auth/desk')),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Hands the computer to another person of the desk: the program begins anew in her session. */
export function useDeskSwitch() {
  return useMutation({
    meta: { errors: 'form' },
    mutationFn: async (body: { user_id: string; pin: string }) => {
      beginSession(await read(api.POST('/api/auth/desk/switch', { body })));
    },
  });
}
