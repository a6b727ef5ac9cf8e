import { flushLiving } from './living';
import { unsentDrafts } from './sealed-copies';

/** Sends what can be sent, and answers how many texts of the person stay only in this browser. */
export async function countUnsent(user: string): Promise<number> {
  await flushLiving();
  return unsentDrafts(user).catch(() => 0);
}

export { flushLiving };
