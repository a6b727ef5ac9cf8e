import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
// Loaded beforehand: a menu that arrives while a test presses its button would take the press with it.
import '@/components/ui/menu-popover';
import { lockGate } from '@/lib/api/lock-gate';
import { proofGate } from '@/lib/api/proof-gate';
import { sessionGate } from '@/lib/api/session-gate';
import { getToasts, dismissToast } from '@/lib/toast';
import { server } from './server';

/** What jsdom lacks and the components ask for. */
class SilentObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** A live connection that never says anything. */
class SilentEventSource {
  close(): void {}
}

// The machines are small and shared; waiting longer never makes a wrong answer right.
configure({ asyncUtilTimeout: 30_000 });

vi.stubGlobal('ResizeObserver', SilentObserver);
vi.stubGlobal('EventSource', SilentEventSource);
window.matchMedia = (query) =>
  ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }) as never;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
window.scrollTo = () => undefined;

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
  sessionGate.reset();
  lockGate.reset();
  proofGate.settle(false);
  for (const toast of getToasts()) dismissToast(toast.id);
});

afterAll(() => {
  server.close();
});
