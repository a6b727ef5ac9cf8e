import { useEffect, useSyncExternalStore } from 'react';
import type { Draft, DraftState } from './draft';

/** Part of a draft's state, kept current; give a selector that answers the same value while nothing changed. */
export function useDraft<T, R>(draft: Draft<T>, select: (state: DraftState<T>) => R): R {
  return useSyncExternalStore(draft.subscribe, () => select(draft.getState()));
}

/**
 * Saves a draft when it should not wait for the pause: the page is hidden, the network is back, the
 * route is left.
 */
export function useDraftLife<T>(draft: Draft<T>): void {
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState !== 'hidden') return;
      void draft.copy();
      void draft.flush();
    };
    const online = () => {
      draft.retry();
    };
    const leave = () => {
      draft.leave();
    };
    document.addEventListener('visibilitychange', hide);
    window.addEventListener('pagehide', leave);
    window.addEventListener('online', online);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('online', online);
      leave();
    };
  }, [draft]);
}

/** Whether leaving now would lose something: it is neither on the server nor sealed in this browser. */
export function isAtRisk<T>({ phase, isCopied }: DraftState<T>): boolean {
  return phase !== 'saved' && phase !== 'closed' && !isCopied;
}
