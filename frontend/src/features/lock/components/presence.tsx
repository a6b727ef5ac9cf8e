import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { lockGate } from '@/lib/api/lock-gate';
import { watchPresence } from '@/lib/idle';
import { meQuery, useMe } from '@/lib/session';
import { uncover } from '../api';
import { followTabs, lockNow } from '../locking';

const MINUTE_MS = 60_000;

/** Locks when nobody has been there for as long as the clinic says, and with the other tabs. Shows nothing. */
export function Presence() {
  const client = useQueryClient();
  const { user, lock_minutes } = useMe();
  const isOpen = useSyncExternalStore(lockGate.subscribe, () => lockGate.getState() === 'open');
  useEffect(() => {
    if (!isOpen) return;
    return watchPresence({
      limit: lock_minutes * MINUTE_MS,
      onIdle: () => void lockNow(),
      // Reading with the pointer alone sends nothing: the server would take the person for gone.
      onPresent: () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
    });
  }, [client, isOpen, lock_minutes]);
  useEffect(
    () =>
      followTabs(user.id, () => {
        uncover(client);
      }),
    [client, user.id],
  );
  return null;
}
