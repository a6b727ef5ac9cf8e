/**
 * Whether the page is covered. `covering`: nothing is shown any more while what was typed is still
 * being saved; `locked`: requests wait too, as the server would refuse them.
 */
export type LockState = 'open' | 'covering' | 'locked';

class LockGate {
  private state: LockState = 'open';
  private waiting: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();

  /** Hides the page at once; requests still go out, so that texts are saved first. */
  cover(): void {
    if (this.state === 'open') this.change('covering');
  }

  /** Holds the requests back until somebody unlocks. */
  lock(): void {
    this.change('locked');
  }

  /** Called when the person proved who she is; what waited goes on. */
  open(): void {
    const released = this.waiting;
    this.waiting = [];
    this.change('open');
    for (const resume of released) resume();
  }

  /** Called on sign-out: what waited is given up. */
  reset(): void {
    this.waiting = [];
    this.change('open');
  }

  /** Resolves once the session is unlocked; locks if it was not. */
  wait(): Promise<void> {
    this.lock();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  readonly getState = (): LockState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(state: LockState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const lockGate = new LockGate();

// A covered page must not act on keys: a dialog under the cover would close at Escape. Dialogs listen
// at the window before anything else does, so this listens there too, and earlier.
window.addEventListener(
  'keydown',
  (event) => {
    if (lockGate.getState() !== 'open') event.stopImmediatePropagation();
  },
  { capture: true },
);
