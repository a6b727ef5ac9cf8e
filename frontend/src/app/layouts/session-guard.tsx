import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { sessionGate } from '@/lib/api/session-gate';
import { useMe, watchOtherTabs } from '@/lib/session';

const loadDialog = async () => ({
  default: (await import('@/features/auth/components/session-dialog')).SessionDialog,
});
const SessionDialog = lazy(loadDialog);

const IDLE_MS = 4_000;

/** Opens the sign-in dialog over the page while the session is gone. */
export function SessionGuard() {
  const state = useSyncExternalStore(sessionGate.subscribe, sessionGate.getState);
  const { user } = useMe();
  useEffect(() => watchOtherTabs(user.id), [user.id]);
  // Fetched while all is well, so that it is there when the server may not be.
  useEffect(() => {
    const timer = setTimeout(() => {
      // Without a network it is simply fetched later, when it is needed.
      loadDialog().catch(() => undefined);
    }, IDLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (state !== 'closed') return null;
  return (
    <Suspense fallback={null}>
      <SessionDialog />
    </Suspense>
  );
}
