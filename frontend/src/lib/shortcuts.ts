import { useSyncExternalStore } from 'react';
import { readDevice, watchDevice, writeDevice } from './device';

const KEY = 'historias-shortcuts';
const OFF = 'off';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const stop = watchDevice(KEY, listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
}

/**
 * Whether single letters and signs are shortcuts. Whoever speaks to the computer switches them off
 * (WCAG 2.2, 2.1.4); the choice is of the device.
 */
export function hasSingleKeys(): boolean {
  return readDevice(KEY) !== OFF;
}

export function setSingleKeys(on: boolean): void {
  writeDevice(KEY, on ? undefined : OFF);
  for (const listener of listeners) listener();
}

/** The same, kept current. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, hasSingleKeys);
}
