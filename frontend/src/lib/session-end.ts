import { useEffect, useState, useSyncExternalStore } from 'react';
import { readDevice, watchDevice, writeDevice } from './device';

/** How long before its end a session is said to end. */
export const WARNING_MS = 60_000;
/** Timers of browsers are exact for hours, not for weeks, and stand still while a laptop sleeps. */
const LONGEST_WAIT_MS = 60 * 60_000;

const KEY = 'historias-session-end';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const stop = watchDevice(KEY, listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
}

function keep(value: string | undefined): void {
  writeDevice(KEY, value);
  for (const listener of listeners) listener();
}

/**
 * Keeps when the session ends (RFC 3339), told at sign-in only. The tabs of a browser share the
 * session, and so they share this. An end that has passed already says that the clock of the device
 * is wrong: then there is no warning, and the next request finds out.
 */
export function rememberSessionEnd(expiresAt: string): void {
  keep(Date.parse(expiresAt) - Date.now() > WARNING_MS ? expiresAt : undefined);
}

export function forgetSessionEnd(): void {
  keep(undefined);
}

function readEnd(): string | undefined {
  return readDevice(KEY);
}

export interface SessionEnd {
  /** When the session ends, as it was told; undefined while that is not known. */
  at: string | undefined;
  /** Whether that is less than a minute away. */
  isNear: boolean;
}

/** The end of the session, kept current. `onEnd` is called once the session should be over. */
export function useSessionEnd(onEnd: () => void): SessionEnd {
  const at = useSyncExternalStore(subscribe, readEnd);
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const left = at === undefined ? NaN : Date.parse(at) - Date.now();
      setIsNear(left > 0 && left <= WARNING_MS);
      if (left > WARNING_MS) timer = setTimeout(look, Math.min(left - WARNING_MS, LONGEST_WAIT_MS));
      else if (left > 0) timer = setTimeout(look, left);
      else if (left <= 0) onEnd();
    };
    timer = setTimeout(look);
    return () => {
      clearTimeout(timer);
    };
  }, [at, onEnd]);
  return { at, isNear };
}
