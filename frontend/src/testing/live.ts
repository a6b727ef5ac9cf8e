import { act } from '@testing-library/react';
import { vi } from 'vitest';

interface Change {
  topic: 'consent' | 'consultation' | 'message' | 'patient';
  patient_id?: string;
}

/** The connections that are open, so that a test can speak through them. */
const open = new Set<FakeEventSource>();

class FakeEventSource {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    open.add(this);
  }

  close(): void {
    open.delete(this);
  }
}

/** Lets the test say what the server would; call before the app is rendered. */
export function listenLive(): void {
  open.clear();
  vi.stubGlobal('EventSource', FakeEventSource);
}

/** Tells every open page of a change, as `/api/events` does. */
export function tellLive(change: Change): void {
  act(() => {
    for (const source of open) source.onmessage?.({ data: JSON.stringify(change) });
  });
}
