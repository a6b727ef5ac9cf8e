/** How long after the last key a draft is saved, and how long it may wait while keys go on. */
const QUIET_MS = 1_500;
const LONGEST_MS = 5_000;
const LONGEST_RETRY_MS = 30_000;

/** When to save, counted from now: after a pause in writing, yet never later than five seconds after the first key. */
export function saveDelay(now: number, firstChange: number): number {
  return Math.max(0, Math.min(QUIET_MS, firstChange + LONGEST_MS - now));
}

/** How long to wait after a failure: 1, 2, 4 … 30 seconds, or what the server asked for if that is longer. */
export function retryDelay(failures: number, askedSeconds = 0): number {
  const own = Math.min(LONGEST_RETRY_MS, 1_000 * 2 ** Math.max(0, failures - 1));
  return Math.max(own, askedSeconds * 1_000);
}
