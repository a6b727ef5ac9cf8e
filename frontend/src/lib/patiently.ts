import { retryDelay } from '@/lib/drafts/schedule';

/**
 * Fetches a part of the program until it arrives. Without this, a part that is asked for while the
 * network is away would take the whole page down, with what is being written in it.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryDelay(failures)));
    }
  }
}
