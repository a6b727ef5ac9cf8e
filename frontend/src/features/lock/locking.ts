import { api } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { lockGate } from '@/lib/api/lock-gate';
import { sessionGate } from '@/lib/api/session-gate';
import { retryDelay } from '@/lib/drafts/schedule';

/** How long the saving of drafts may hold the lock up; what takes longer stays sealed in the browser. */
const SAVE_MS = 3_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends what was typed and is not on the server yet. */
async function saveDrafts(): Promise<void> {
  const saving = import('@/lib/drafts/unsent').then(({ flushLiving }) => flushLiving());
  await Promise.race([saving.catch(() => undefined), sleep(SAVE_MS)]);
}

/** Locks the session on the server too; without a network, as soon as there is one. */
async function lockSession(): Promise<void> {
  for (let failures = 1; lockGate.getState() === 'locked'; failures += 1) {
    try {
      await api.POST('/api/auth/lock');
      return;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401 && error.code !== 'auth.locked') sessionGate.close();
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) return;
      await sleep(retryDelay(failures));
    }
  }
}

/** Covers this page and holds its requests back; nothing is told to the server. */
export async function lockHere(): Promise<void> {
  lockGate.cover();
  await saveDrafts();
  // Another tab may have unlocked meanwhile.
  if (lockGate.getState() === 'covering') lockGate.lock();
}

/** Locks the session: the page is covered at once, what was typed is saved, and then nothing goes out. */
export async function lockNow(): Promise<void> {
  if (lockGate.getState() === 'locked') return;
  await lockHere();
  await lockSession();
}

const CHANNEL = 'historias-lock';

/** What tabs of one browser tell each other; ids only. */
type Word = { kind: 'locked' | 'unlocked'; user: string };

const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

export function tellUnlocked(user: string): void {
  tabs?.postMessage({ kind: 'unlocked', user } satisfies Word);
}

/**
 * Keeps the tabs of a browser locked and unlocked together. `onUnlocked` is called when another one
 * unlocked the same person's session. Answers how to stop.
 */
export function followTabs(user: string, onUnlocked: () => void): () => void {
  // A lock that came before this part of the program is told as well.
  let wasOpen = true;
  const tell = () => {
    const isOpen = lockGate.getState() === 'open';
    if (wasOpen && !isOpen) tabs?.postMessage({ kind: 'locked', user } satisfies Word);
    wasOpen = isOpen;
  };
  const hear = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'locked') void lockHere();
    else if (data.user === user && sessionGate.getState() === 'open') onUnlocked();
  };
  tell();
  const stop = lockGate.subscribe(tell);
  tabs?.addEventListener('message', hear);
  return () => {
    stop();
    tabs?.removeEventListener('message', hear);
  };
}
