/**
 * What this browser keeps between visits. None of it is personal data: the theme, whether single
 * keys are shortcuts, the office that is worked in, the instant at which the session ends, and the day on which the reminder of the
 * second factor was put off.
 */
type Key = 'historias-theme' | 'historias-shortcuts' | 'historias-session-end' | 'historias-office' | 'historias-factor-later';

/** What belongs to the device, whoever uses it, and so outlives a session. */
const OF_THE_DEVICE: readonly Key[] = ['historias-theme', 'historias-shortcuts'];

/** What was kept; undefined when there is nothing, or when the browser keeps nothing. */
export function readDevice(key: Key): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value; undefined takes it away. A browser that keeps nothing goes on without. */
export function writeDevice(key: Key, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be blocked or full; what it holds is a convenience.
  }
}

/** Hears what other tabs of this browser keep under a key. Answers how to stop. */
export function watchDevice(key: Key, listener: () => void): () => void {
  const listen = (event: StorageEvent) => {
    // A null key: the whole storage was emptied.
    if (event.key === key || event.key === null) listener();
  };
  window.addEventListener('storage', listen);
  return () => {
    window.removeEventListener('storage', listen);
  };
}

/** The copies of drafts, in IndexedDB. */
export const DRAFTS = 'historias-drafts';

/** Takes away all that this origin keeps. */
function emptyDevice(): void {
  try {
    localStorage.clear();
    sessionStorage.clear();
    indexedDB.deleteDatabase(DRAFTS);
  } catch {
    // A browser that keeps nothing has nothing to empty.
  }
}

/**
 * Runs a sign-out, empties the browser and puts back what belongs to the device. The answer of the
 * server asks for the same (Clear-Site-Data), but only for the origin that answers: where the API
 * stands on another one, nobody but the page can empty its own.
 */
export async function keepingDevice(act: () => Promise<void>): Promise<void> {
  const kept = OF_THE_DEVICE.map((key) => [key, readDevice(key)] as const);
  try {
    await act();
    emptyDevice();
  } finally {
    for (const [key, value] of kept) writeDevice(key, value);
  }
}
