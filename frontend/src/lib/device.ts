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

/**
 * Runs a sign-out and puts back what belongs to the device: the answer of the server has the
 * browser empty the storage of its origin (Clear-Site-Data), so that nothing of the person stays.
 */
export async function keepingDevice(act: () => Promise<void>): Promise<void> {
  const kept = OF_THE_DEVICE.map((key) => [key, readDevice(key)] as const);
  try {
    await act();
  } finally {
    for (const [key, value] of kept) writeDevice(key, value);
  }
}
