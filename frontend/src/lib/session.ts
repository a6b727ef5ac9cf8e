import { queryOptions, useMutation, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import { isStatus } from '@/lib/api/error';
import { lockGate } from '@/lib/api/lock-gate';
import { sessionGate } from '@/lib/api/session-gate';
import type { Me, SignedIn } from '@/lib/api/types';
import { keepingDevice } from '@/lib/device';
import { forgetSessionEnd, rememberSessionEnd } from '@/lib/session-end';
import { startAnew } from '@/lib/start-anew';

/** Who is signed in, in which clinic, and what the role may do. */
export const meQuery = queryOptions({
  queryKey: ['session', 'me'],
  queryFn: async (): Promise<Me> => {
    const me = (await read(api.GET('/api/auth/me'))) as Me;
    sessionGate.open();
    if (me.locked) lockGate.lock();
    return me;
  },
  staleTime: 5 * 60_000,
});

/** The signed-in person; only below the shell route, which loads it first. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Tells the other tabs of this browser who signed in: they share the session. Ids only. */
const otherTabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('historias-session');

/**
 * Watches sign-ins in other tabs. The same person: what waits here goes on. Somebody else: nothing of
 * this page goes out under that name, and the sign-in dialog opens over it. Answers how to stop.
 */
export function watchOtherTabs(userId: string): () => void {
  const listen = (event: MessageEvent) => {
    if (event.data === userId) sessionGate.open();
    else sessionGate.close();
  };
  otherTabs?.addEventListener('message', listen);
  return () => {
    otherTabs?.removeEventListener('message', listen);
  };
}

/**
 * After registering or signing in: forgets the former person's data, learns who it is, and lets
 * the requests that waited go on.
 */
export async function acceptSignIn(client: QueryClient, signedIn: SignedIn, formerUserId?: string): Promise<void> {
  rememberSessionEnd(signedIn.expires_at);
  otherTabs?.postMessage(signedIn.user.id);
  // A passkey may be another person's: nothing of this page goes on under that name.
  if (formerUserId !== undefined && signedIn.user.id !== formerUserId) {
    startAnew();
    return;
  }
  if (formerUserId === undefined) client.clear();
  // A question of the ended session may be waiting at the gate, which opens only with a new answer.
  await client.cancelQueries({ queryKey: meQuery.queryKey });
  await client.query({ ...meQuery, staleTime: 0 });
  lockGate.open();
}

async function endSession(): Promise<void> {
  try {
    await api.POST('/api/auth/logout');
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
  }
}

/**
 * Ends the session on the server at once. A session that had already ended is no error. What the
 * device keeps for whoever uses it, as the theme, stays.
 */
export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await keepingDevice(endSession);
      forgetSessionEnd();
      sessionGate.reset();
      lockGate.reset();
    },
  });
}
