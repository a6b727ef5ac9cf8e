/** What counts as somebody being there. */
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
const CHANNEL = 'historias-presence';
/** How often the other tabs are told that somebody is here. */
const TELL_MS = 10_000;
/** Timers stand still while a laptop sleeps, so the clock is looked at now and then. */
const LOOK_MS = 20_000;

interface Presence {
  /** How long nobody may be there, in milliseconds. */
  limit: number;
  onIdle: () => void;
  /** Called at most once a minute while somebody is there, so that the server learns of it too. */
  onPresent?: (() => void) | undefined;
}

const PRESENT_MS = 60_000;

/**
 * Calls `onIdle` once nobody has touched key or pointer in any tab of this browser for so long, or at
 * waking up after that. Answers how to stop.
 */
export function watchPresence({ limit, onIdle, onPresent }: Presence): () => void {
  const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  let last = Date.now();
  let told = last;
  let said = last;
  let timer: ReturnType<typeof setTimeout>;

  const look = () => {
    clearTimeout(timer);
    const left = last + limit - Date.now();
    if (left <= 0) onIdle();
    else timer = setTimeout(look, Math.min(left, LOOK_MS));
  };
  const hear = () => {
    last = Date.now();
  };
  const present = () => {
    const now = Date.now();
    // Whoever comes back too late finds the page locked, not awake.
    if (now - last >= limit) {
      look();
      return;
    }
    last = now;
    if (now - told >= TELL_MS) {
      told = now;
      tabs?.postMessage('present');
    }
    if (now - said >= PRESENT_MS) {
      said = now;
      onPresent?.();
    }
  };

  for (const sign of SIGNS) window.addEventListener(sign, present, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  tabs?.addEventListener('message', hear);
  timer = setTimeout(look, Math.min(limit, LOOK_MS));
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) window.removeEventListener(sign, present, { capture: true });
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
    tabs?.close();
  };
}
