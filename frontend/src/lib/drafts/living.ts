import type { Draft } from './draft';

type Living = Pick<Draft<never>, 'retire' | 'flush'>;

/**
 * The drafts of this page that may still be sending, by id. Whoever opens one again first lets the
 * former finish, so that a window is never in conflict with itself.
 */
const living = new Map<string, Living>();

/** Notes that a draft is being written in this page. */
export function enlist(id: string, draft: Living): void {
  living.set(id, draft);
}

/** Waits until a former opening of the draft has sent what it was sending, and stops it. */
export async function settle(id: string): Promise<void> {
  const former = living.get(id);
  living.delete(id);
  await former?.retire();
}

/** Sends what is not sent yet, as before somebody leaves; what cannot be sent stays sealed. */
export async function flushLiving(): Promise<void> {
  await Promise.all([...living.values()].map((draft) => draft.flush()));
}
