/** A short message about an act whose place is no longer on the screen. */
export interface Toast {
  id: number;
  tone: 'info' | 'success' | 'error';
  message: string;
  action?: { label: string; run: () => void } | undefined;
}

const MAX_TOASTS = 2;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/**
 * Shows a toast; one with the same words is replaced, and the oldest leaves when there would be more
 * than two. Never the only place of an error.
 */
export function showToast(toast: Omit<Toast, 'id'>): number {
  const id = nextId++;
  const others = toasts.filter((shown) => shown.message !== toast.message);
  publish([...others, { ...toast, id }].slice(-MAX_TOASTS));
  return id;
}

export function dismissToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

export function getToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
