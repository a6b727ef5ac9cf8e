/**
 * The name somebody searched for in vain, on its way to the registration form. It stays in memory:
 * an address or the browser's history would keep it.
 */
let offered: string | undefined;

export function offerRegistration(name: string): void {
  offered = name;
}

/** The name to begin with, once. */
export function takeRegistration(): string | undefined {
  const name = offered;
  offered = undefined;
  return name;
}
