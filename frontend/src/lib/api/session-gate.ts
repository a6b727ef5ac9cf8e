/**
 * Holds requests back while nobody is signed in. Until a session is known the gate is idle and a
 * 401 is an ordinary error; afterwards a 401 closes it, the page shows the sign-in dialog, and the
 * requests that wait go on once the person is back.
 */
export type GateState = 'idle' | 'open' | 'closed';

class SessionGate {
  private state: GateState = 'idle';
  private waiting: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();

  /** Called when somebody signed in or a living session was found. */
  open(): void {
    const released = this.waiting;
    this.waiting = [];
    this.change('open');
    for (const resume of released) resume();
  }

  /** Called on sign-out, so that the next 401 means «not signed in» and no more. */
  reset(): void {
    this.waiting = [];
    this.change('idle');
  }

  /** Called when the session is no longer this person's: nothing goes out until the next sign-in. */
  close(): void {
    this.change('closed');
  }

  /** Resolves after the next sign-in; closes the gate if it was open. */
  wait(): Promise<void> {
    this.close();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  readonly getState = (): GateState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(state: GateState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const sessionGate = new SessionGate();
