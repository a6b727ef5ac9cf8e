import { lazy, Suspense, useLayoutEffect, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { lockGate } from '@/lib/api/lock-gate';
import { followLock } from '@/lib/cover';
import { patiently } from '@/lib/patiently';

// Fetched with every page, while all is well: it may be needed without a network.
const loadScreen = () => patiently(() => import('@/features/lock/components/lock-screen'));
const LockScreen = lazy(async () => ({ default: (await loadScreen()).LockScreen }));
const Presence = lazy(async () => ({ default: (await loadScreen()).Presence }));
const SignInAgain = lazy(async () => ({
  default: (await patiently(() => import('@/features/auth/components/session-dialog'))).SignInAgain,
}));

function subscribe(listener: () => void): () => void {
  return lockGate.subscribe(listener);
}

/** Whether the page is covered. */
export function useIsLocked(): boolean {
  return useSyncExternalStore(subscribe, () => lockGate.getState() !== 'open');
}

/** Locks now: the page is covered before anything else happens. */
export function lock(): void {
  lockGate.cover();
  void patiently(() => import('@/features/lock/lock-now')).then(({ lockNow }) => lockNow());
}

/**
 * Covers the page while it is locked. The page stays in memory under it, with all that was typed, but
 * nothing of it can be seen, heard or reached.
 */
export function LockGuard() {
  const isLocked = useIsLocked();
  useLayoutEffect(followLock, []);
  return (
    <>
      <Suspense fallback={null}>
        <Presence />
      </Suspense>
      {isLocked &&
        createPortal(
          <div data-lock>
            <Suspense fallback={null}>
              <LockScreen signIn={<SignInAgain ended />} />
            </Suspense>
          </div>,
          document.body,
        )}
    </>
  );
}
