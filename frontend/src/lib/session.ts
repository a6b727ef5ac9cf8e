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
    const me = await read(api.GET('/api/auth/me'));
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

/** Tells the other tabs of this browser who works where: they share the session. Ids only. */
const otherTabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('historias-session');

/** A person in a clinic, as the tabs tell it to each other. */
function nameOf(userId: string, clinicId: string): string {
  return `${userId} ${clinicId}`;
}

/**
 * Watches sign-ins in other tabs. The same person in the same clinic: what waits here goes on. Somebody
 * else, or another clinic: nothing of this page goes out under that name, and the sign-in dialog opens
 * over it. Answers how to stop.
 */
export function watchOtherTabs(userId: string, clinicId: string): () => void {
  const own = nameOf(userId, clinicId);
  const listen = (event: MessageEvent) => {
    if (event.data === own) sessionGate.open();
    else sessionGate.close();
  };
  otherTabs?.addEventListener('message', listen);
  return () => {
    otherTabs?.removeEventListener('message', listen);
  };
}

/** Says in this browser that a session began: here, and to its other tabs. */
function announce({ user, clinic, expires_at }: SignedIn): void {
  rememberSessionEnd(expires_at);
  otherTabs?.postMessage(nameOf(user.id, clinic.id));
}

/** Begins anew in a session that is not of this page: another clinic, or another person. */
export function beginSession(signedIn: SignedIn): void {
  announce(signedIn);
  startAnew();
}

/**
 * After registering or signing in: forgets the former person's data, learns who it is, and lets
 * the requests that waited go on.
 */
export async function acceptSignIn(client: QueryClient, signedIn: SignedIn, formerUserId?: string): Promise<void> {
  // A passkey may be another person's: nothing of this page goes on under that name.
  if (formerUserId !== undefined && signedIn.user.id !== formerUserId) {
    beginSession(signedIn);
    return;
  }
  announce(signedIn);
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
