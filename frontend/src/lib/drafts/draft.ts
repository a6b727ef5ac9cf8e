import { ApiError, isStatus } from '@/lib/api/error';
import { retryDelay, saveDelay } from './schedule';
import type { SealedCopies } from './sealed-copies';

/**
 * Where what was typed is: `saved` all on the server; `pending` it waits for a pause in writing;
 * `saving` under way; `waiting` no answer yet, tried again by itself; `refused` the server said no
 * to this text, which stays here; `conflict` another window saved first; `closed` nothing more is saved.
 */
export type DraftPhase = 'saved' | 'pending' | 'saving' | 'waiting' | 'refused' | 'conflict' | 'closed';

export interface DraftState<T> {
  content: T;
  phase: DraftPhase;
  /** The version this text was written upon, for the next `If-Match`. */
  version: number;
  /** What the server held at that version: the common ground of a conflict. */
  base: T;
  /** When the server last confirmed, in milliseconds; undefined before the first time in this window. */
  savedAt: number | undefined;
  /** Whether all that is typed lies sealed in this browser. */
  isCopied: boolean;
  /** Why it was refused or is tried again. */
  error: ApiError | undefined;
}

export interface DraftOptions<T> {
  content: T;
  version: number;
  /** Saves upon a version and answers the new one. */
  save: (content: T, version: number) => Promise<number>;
  /** What makes two contents one; keys that are only of the screen may be left out. */
  fingerprint?: (content: T) => string;
  /** Whether the server gets all of it: text it would refuse stays in the sealed copy meanwhile. */
  isWhole?: (content: T) => boolean;
  /** The sealed copy in this browser; undefined where the browser cannot seal. */
  copies?: Pick<SealedCopies, 'write' | 'erase' | 'eraseAll'> | undefined;
}

const COPY_MS = 250;

function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 0 || error.status >= 500 || error.status === 429 || error.status === 408;
}

function toError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({ status: 0, code: 'network', detail: '' });
}

/**
 * One text that saves itself. Everything typed goes to a sealed copy in the browser at once and to
 * the server after a pause; one request is in flight, and what was typed meanwhile follows it.
 * It knows no React: `useDraft` joins it to a page.
 */
export class Draft<T> {
  private state: DraftState<T>;
  private readonly options: Required<Pick<DraftOptions<T>, 'save' | 'fingerprint' | 'isWhole'>> &
    Pick<DraftOptions<T>, 'copies'>;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private copyTimer: ReturnType<typeof setTimeout> | undefined;
  /** When the first key came that the server does not have. */
  private firstChange: number | undefined;
  private failures = 0;
  private inFlight: Promise<void> | undefined;

  constructor(options: DraftOptions<T>) {
    const { content, version } = options;
    this.options = {
      save: options.save,
      fingerprint: options.fingerprint ?? ((value) => JSON.stringify(value)),
      isWhole: options.isWhole ?? (() => true),
      copies: options.copies,
    };
    this.state = {
      content,
      version,
      base: content,
      phase: 'saved',
      savedAt: undefined,
      isCopied: false,
      error: undefined,
    };
  }

  readonly getState = (): DraftState<T> => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(changes: Partial<DraftState<T>>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }

  private get isDone(): boolean {
    return this.state.phase === 'closed' || this.state.phase === 'conflict';
  }

  private isSame(one: T, other: T): boolean {
    return one === other || this.options.fingerprint(one) === this.options.fingerprint(other);
  }

  /** Something was typed. In a conflict nothing can be: the person is choosing. */
  change(update: (content: T) => T): void {
    if (this.isDone) return;
    const content = update(this.state.content);
    if (content === this.state.content) return;
    this.set({ content, isCopied: false, phase: this.inFlight ? 'saving' : 'pending' });
    this.firstChange ??= Date.now();
    this.planCopy();
    if (!this.inFlight) this.plan(saveDelay(Date.now(), this.firstChange));
  }

  private plan(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), delay);
  }

  private planCopy(): void {
    this.copyTimer ??= setTimeout(() => void this.copy(), COPY_MS);
  }

  /** Seals what is typed now; the page calls it when it is about to be hidden. */
  async copy(): Promise<void> {
    clearTimeout(this.copyTimer);
    this.copyTimer = undefined;
    const { content, version, phase } = this.state;
    if (!this.options.copies || phase === 'closed' || this.isClean(content)) return;
    try {
      await this.options.copies.write(content, version, Date.now());
    } catch {
      // A full or forbidden storage: the page says «Sin guardar» and asks before it is left.
      return;
    }
    if (this.state.content === content) this.set({ isCopied: true });
  }

  private isClean(content: T): boolean {
    return this.isSame(content, this.state.base) && this.options.isWhole(content);
  }

  /** Saves without waiting for the pause. Answers whether the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.inFlight;
    if (this.state.phase !== 'saved' && !this.isDone) await this.save();
    return this.state.phase === 'saved';
  }

  private save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isDone) return Promise.resolve();
    this.inFlight ??= this.send().finally(() => {
      this.inFlight = undefined;
      this.goOn();
    });
    return this.inFlight;
  }

  private async send(): Promise<void> {
    const { content, version, base } = this.state;
    if (this.isSame(content, base)) {
      await this.confirm(content, version);
      return;
    }
    this.set({ phase: 'saving' });
    try {
      const next = await this.options.save(content, version);
      await this.confirm(content, next);
    } catch (error) {
      this.fail(error);
    }
  }

  private async confirm(content: T, version: number): Promise<void> {
    this.failures = 0;
    const isNewest = this.state.content === content;
    this.firstChange = isNewest ? undefined : Date.now();
    const phase = isNewest ? 'saved' : 'pending';
    this.set({ base: content, version, savedAt: Date.now(), error: undefined, phase });
    if (!isNewest || !this.options.isWhole(content)) return;
    clearTimeout(this.copyTimer);
    this.copyTimer = undefined;
    await this.options.copies?.erase().catch(() => undefined);
  }

  private fail(error: unknown): void {
    const reason = toError(error);
    if (isTemporary(error)) {
      this.failures += 1;
      this.set({ phase: 'waiting', error: reason });
      return;
    }
    this.failures = 0;
    this.set({ phase: isStatus(error, 412) ? 'conflict' : 'refused', error: reason });
  }

  /** After an answer: what was typed meanwhile is saved next, a failure is tried again later. */
  private goOn(): void {
    const { phase, error } = this.state;
    if (phase === 'waiting') this.plan(retryDelay(this.failures, error?.retryAfter));
    // «saving» with nothing under way: a key came after the answer, while the copy was being erased.
    if (phase === 'saving') this.set({ phase: 'pending' });
    if (phase === 'saving' || phase === 'pending') this.plan(saveDelay(Date.now(), this.firstChange ?? Date.now()));
  }

  /** Tries again at once, as when the network is back. */
  retry(): void {
    if (this.state.phase === 'waiting') void this.save();
  }

  /** Goes on with a content over a version of the server: after a conflict, a recovery, a reload. */
  goOnWith(content: T, server: { content: T; version: number }): void {
    if (this.state.phase === 'closed') return;
    const isSaved = this.isSame(content, server.content);
    this.failures = 0;
    this.firstChange = isSaved ? undefined : Date.now();
    this.set({
      content,
      base: server.content,
      version: server.version,
      phase: isSaved ? 'saved' : 'pending',
      error: undefined,
      isCopied: false,
    });
    if (isSaved) void this.options.copies?.erase().catch(() => undefined);
    else {
      this.planCopy();
      this.plan(0);
    }
  }

  /** Writing is over: signed or discarded. Every copy in this browser goes. */
  async end(): Promise<void> {
    this.stop();
    await this.options.copies?.eraseAll().catch(() => undefined);
  }

  /** The page is left: what is not saved yet goes out once more, and stays sealed until confirmed. */
  leave(): void {
    if (this.state.phase !== 'closed') void this.copy();
    if (this.state.phase === 'pending' || this.state.phase === 'waiting') void this.save();
    clearTimeout(this.timer);
  }

  /** Another opening of the same text takes over: the request under way ends, no other begins, the copy stays. */
  async retire(): Promise<void> {
    clearTimeout(this.timer);
    await this.copy();
    await this.inFlight;
    this.stop();
  }

  private stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.copyTimer);
    this.copyTimer = undefined;
    this.set({ phase: 'closed' });
  }
}
