import { useCallback, useState } from 'react';
import { newIdempotencyKey } from './new-key';

export { newIdempotencyKey };

/** The header that makes a POST safe to repeat. */
export function idempotency(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

/**
 * A key made when the form opens, so that two presses of «Guardar» are one act. Call `renew` after
 * success, and after an answer that rejected the body: the server refuses a key with another body.
 */
export function useIdempotencyKey(): { key: string; renew: () => void } {
  const [key, setKey] = useState(newIdempotencyKey);
  const renew = useCallback(() => {
    setKey(newIdempotencyKey());
  }, []);
  return { key, renew };
}
