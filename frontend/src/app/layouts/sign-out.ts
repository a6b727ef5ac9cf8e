import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { paths } from '@/config/paths';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { patiently } from '@/lib/patiently';
import { useMe, useSignOut } from '@/lib/session';

/** How many texts would be lost by the sign-out that waits for an answer; 0 while none waits. */
let asked = 0;
const listeners = new Set<() => void>();

function ask(count: number): void {
  asked = count;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The question, kept current; `settle` takes it away. */
export function useSignOutQuestion() {
  const count = useSyncExternalStore(subscribe, () => asked);
  return {
    count,
    settle: () => {
      ask(0);
    },
  };
}

/** What drafts need is not carried by the shell. */
const countingUnsent = () => import('@/lib/drafts/unsent');

const IDLE_MS = 2_000;

/** Fetches what a sign-out may need while all is well, since it is needed most without a network. */
export function usePreparedSignOut(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void patiently(countingUnsent);
      void patiently(() => import('./sign-out-question'));
    }, IDLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
}

/** Ends the session and goes to sign-in. */
export function useEnding(): () => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = useSignOut();
  return () => {
    signOut.mutate(undefined, {
      // The page first, then its data: the shell still needs to know the person while it stands.
      onSuccess: () =>
        void navigate({ to: paths.signIn, ignoreBlocker: true }).then(() => {
          client.clear();
        }),
    });
  };
}

/**
 * The same, unless text of this person would be lost: signing out empties the browser's storage, so
 * what could not be sent is asked about first.
 */
export function useLeaving(): () => void {
  const { user } = useMe();
  const end = useEnding();
  const oneAtATime = useOneAtATime();
  return () => {
    oneAtATime(async () => {
      const { countUnsent } = await countingUnsent();
      const unsent = await countUnsent(user.id);
      if (unsent > 0) ask(unsent);
      else end();
    });
  };
}
