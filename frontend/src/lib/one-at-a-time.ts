import { useCallback, useRef } from 'react';

/**
 * Runs an act unless it is under way already, so that two quick presses are one act: a mutation's
 * own `isPending` shows only with the next rendering, after the second press. A failure is left to
 * whoever shows the act's error.
 */
export function useOneAtATime(): (act: () => Promise<unknown>) => void {
  const busy = useRef(false);
  return useCallback((act) => {
    if (busy.current) return;
    busy.current = true;
    const free = () => {
      busy.current = false;
    };
    act().then(free, free);
  }, []);
}
