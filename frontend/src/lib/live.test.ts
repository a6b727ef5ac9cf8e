import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startLive, subscribeToLive, useOfflineSince } from './live';

/** A connection the test speaks through. */
class FakeEventSource {
  static opened: FakeEventSource[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onerror?: () => void;
  isClosed = false;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  close() {
    this.isClosed = true;
  }
}

function last(): FakeEventSource {
  const source = FakeEventSource.opened.at(-1);
  if (!source) throw new Error('Nothing was opened');
  return source;
}

function watch(client: QueryClient, key: string[], meta?: { live: 'manual' }) {
  const queryFn = vi.fn(() => Promise.resolve(null));
  const observer = new QueryObserver(client, { queryKey: key, queryFn, staleTime: Infinity, ...(meta ? { meta } : {}) });
  observer.subscribe(() => undefined);
  return queryFn;
}

let client: QueryClient;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.opened = [];
  vi.stubGlobal('EventSource', FakeEventSource);
  client = new QueryClient();
  stop = startLive(client);
});

afterEach(() => {
  stop();
  client.clear();
  vi.useRealTimers();
});

it('asks again for what an event says has changed, and for nothing else', async () => {
  const consents = watch(client, ['consents', 'p1']);
  const messages = watch(client, ['messages']);
  const quiet = watch(client, ['consents', 'list'], { live: 'manual' });
  await vi.advanceTimersByTimeAsync(0);
  last().onmessage?.({ data: '{"topic":"consent","patient_id":"p1"}' });
  await vi.advanceTimersByTimeAsync(0);
  expect(consents).toHaveBeenCalledTimes(2);
  expect(messages).toHaveBeenCalledTimes(1);
  expect(quiet).toHaveBeenCalledTimes(1);
});

it('tells who listens, and ignores what it does not know', () => {
  const heard = vi.fn();
  const stopListening = subscribeToLive(heard);
  last().onmessage?.({ data: 'not json' });
  last().onmessage?.({ data: '{"topic":"weather"}' });
  last().onmessage?.({ data: '{"topic":"message","patient_id":"p1"}' });
  stopListening();
  last().onmessage?.({ data: '{"topic":"message"}' });
  expect(heard.mock.calls).toEqual([[{ topic: 'message', patientId: 'p1' }]]);
});

it('reconnects by itself and then asks again for everything that is shown', async () => {
  const patients = watch(client, ['patients']);
  await vi.advanceTimersByTimeAsync(0);
  const lost = last();
  lost.onerror?.();
  expect(lost.isClosed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeEventSource.opened).toHaveLength(2);
  last().onopen?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(patients).toHaveBeenCalledTimes(2);
});

it('says that there is no connection only after ten seconds without one', async () => {
  const { result } = renderHook(() => useOfflineSince());
  const at = new Date().toISOString();
  last().onerror?.();
  await act(() => vi.advanceTimersByTimeAsync(9_000));
  expect(result.current).toBeUndefined();
  last().onerror?.();
  await act(() => vi.advanceTimersByTimeAsync(1_500));
  expect(result.current).toBe(at);
  act(() => last().onopen?.());
  expect(result.current).toBeUndefined();
});

it('follows the autosaves of others at a walking pace, and never reads an open document again', async () => {
  const list = watch(client, ['consultations', 'patient', 'p1']);
  const summary = watch(client, ['patients', 'summary', 'p1']);
  await vi.advanceTimersByTimeAsync(0);
  for (let saves = 0; saves < 5; saves += 1) {
    last().onmessage?.({ data: JSON.stringify({ topic: 'consultation', patient_id: 'p1' }) });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(list).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(list).toHaveBeenCalledTimes(2);
  expect(summary).toHaveBeenCalledTimes(2);
});

it('asks nothing again while a note is written in this page, whose saves it hears', async () => {
  const note = watch(client, ['consultations', 'one', 'n1'], { live: 'manual' });
  const summary = watch(client, ['patients', 'summary', 'p1']);
  await vi.advanceTimersByTimeAsync(0);
  last().onmessage?.({ data: JSON.stringify({ topic: 'consultation', patient_id: 'p1' }) });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(note).toHaveBeenCalledTimes(1);
  expect(summary).toHaveBeenCalledTimes(1);
  // It is read when it is looked at next.
  expect(client.getQueryState(['patients', 'summary', 'p1'])?.isInvalidated).toBe(true);
});
