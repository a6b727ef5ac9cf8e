import { browserCopies, type CopyStore, type OpenCopy, type SealedCopy } from './copies';

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** A sealed copy opens only in its place: another draft's or another user's is refused. */
function place(user: string, draft: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${user}|${draft}`);
}

interface CopiesOptions {
  user: string;
  draft: string;
  store?: CopyStore;
}

/** Whether the browser can seal: WebCrypto exists only on https and on this machine itself. */
export function canSeal(): boolean {
  return typeof indexedDB !== 'undefined' && globalThis.isSecureContext && 'subtle' in crypto;
}

/**
 * What one window keeps of one draft in the browser, until the server has it: AES-GCM under a key
 * that cannot leave the browser and is the user's own. Writes follow one another in order.
 */
export class SealedCopies {
  private readonly store: CopyStore;
  private readonly options: CopiesOptions;
  private last: Promise<unknown> = Promise.resolve();
  /** Each opening of a draft has a copy of its own, so that no window erases another's. */
  private readonly ownKey: string;

  constructor(options: CopiesOptions) {
    this.options = options;
    this.store = options.store ?? browserCopies;
    this.ownKey = `${options.draft}:${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  }

  private inOrder<R>(work: () => Promise<R>): Promise<R> {
    const next = this.last.then(work, work);
    this.last = next.catch(() => undefined);
    return next;
  }

  /** Seals and keeps what is written in this window. */
  write(content: unknown, version: number, at: number): Promise<void> {
    return this.inOrder(async () => {
      const { user, draft } = this.options;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: place(user, draft) },
        await this.store.key(user),
        new TextEncoder().encode(JSON.stringify(content)),
      );
      await this.store.put({ key: this.ownKey, draft, user, version, at, iv, data });
    });
  }

  /** Takes this window's copy away: the server has all of it. */
  erase(): Promise<void> {
    return this.inOrder(() => this.store.remove([this.ownKey]));
  }

  /** Takes copies away by key, as after they were recovered or discarded. */
  eraseOnly(keys: readonly string[]): Promise<void> {
    return this.inOrder(() => this.store.remove(keys));
  }

  /** Takes every window's copy of the draft away, as after signing. */
  eraseAll(): Promise<void> {
    return this.inOrder(async () => {
      const { user, draft } = this.options;
      await this.store.remove((await this.store.ofDraft(user, draft)).map((copy) => copy.key));
    });
  }

  /** What earlier windows left of this draft, the newest first. Copies older than a week go. */
  async found(now: number): Promise<OpenCopy[]> {
    const { user, draft } = this.options;
    await this.store.removeOlderThan(now - WEEK_MS);
    const sealed = (await this.store.ofDraft(user, draft)).filter((copy) => copy.key !== this.ownKey);
    const opened = await Promise.all(sealed.map((copy) => this.open(copy)));
    return opened.filter((copy) => copy !== undefined).sort((a, b) => b.at - a.at);
  }

  private async open(copy: SealedCopy): Promise<OpenCopy | undefined> {
    const { user, draft } = this.options;
    try {
      const key = await this.store.key(user);
      const data = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: copy.iv, additionalData: place(user, draft) },
        key,
        copy.data,
      );
      const content: unknown = JSON.parse(new TextDecoder().decode(data));
      return { key: copy.key, version: copy.version, at: copy.at, content };
    } catch {
      // Sealed under a key that is gone, or not ours: it cannot be shown to anybody.
      return undefined;
    }
  }
}

/** How many drafts of a user have text in this browser that the server does not have. */
export async function unsentDrafts(user: string, store: CopyStore = browserCopies): Promise<number> {
  if (!canSeal()) return 0;
  const copies = await store.ofUser(user);
  return new Set(copies.map((copy) => copy.draft)).size;
}
