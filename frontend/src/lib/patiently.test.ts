import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patiently } from './patiently';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('fetches a part of the program until the network is back', async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new Error('sin red')).mockRejectedValueOnce(new Error('sin red')).mockResolvedValue('parte');
  const part = patiently(load);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await part).toBe('parte');
  expect(load).toHaveBeenCalledTimes(3);
});
