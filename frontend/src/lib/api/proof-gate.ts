/**
 * An act that needs a fresh proof of who acts waits here, with the others that need it meanwhile,
 * until the person proves it in the one dialog or gives up.
 */
type Answer = (isProved: boolean) => void;

class ProofGate {
  private waiting: Answer[] = [];
  private readonly listeners = new Set<() => void>();

  /** Asks for a proof. Answers whether it was given; where nobody can ask, it was not. */
  ask(): Promise<boolean> {
    if (this.listeners.size === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.tell();
    });
  }

  /** Called by the dialog, once. */
  settle(isProved: boolean): void {
    const answers = this.waiting;
    this.waiting = [];
    this.tell();
    for (const answer of answers) answer(isProved);
  }

  readonly isAsking = (): boolean => this.waiting.length > 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const proofGate = new ProofGate();
