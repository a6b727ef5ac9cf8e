/**
 * The name somebody searched for in vain, on its way to the registration form. It stays in memory:
 * an address or the browser's history would keep it.
 */
let offered: string | undefined;
const listeners = new Set<(name: string) => void>();

export function offerRegistration(name: string): void {
  offered = name;
  for (const listener of listeners) listener(name);
}

/** Hears what is offered while the form already stands. Answers how to stop. */
export function watchRegistrations(listener: (name: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The name to begin with. Reading changes nothing, since a rendering may be thrown away and begun again. */
export function offeredRegistration(): string | undefined {
  return offered;
}

/** Called once the form stands with the name in it. */
export function forgetRegistration(): void {
  offered = undefined;
}
