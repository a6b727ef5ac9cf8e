import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/api/error';
import { Draft } from './draft';

interface Note {
  text: string;
}

const refusal = (status: number) => new ApiError({ status, code: 'x.y', detail: 'No.' });

/** A server that answers when the test says so. */
function slowServer() {
  const calls: { text: string; version: number; accept: (version: number) => void; refuse: (error: Error) => void }[] =
    [];
  const save = (content: Note, version: number) =>
    new Promise<number>((accept, refuse) => {
      calls.push({ text: content.text, version, accept, refuse });
    });
  const last = () => {
    const call = calls.at(-1);
    if (!call) throw new Error('nothing was sent');
    return call;
  };
  return { calls, save, last };
}

function memoryCopies() {
  const kept: Note[] = [];
  return {
    kept,
    write: vi.fn((content: unknown) => {
      kept.push(content as Note);
      return Promise.resolve();
    }),
    erase: vi.fn(() => {
      kept.length = 0;
      return Promise.resolve();
    }),
    eraseAll: vi.fn(() => {
      kept.length = 0;
      return Promise.resolve();
    }),
  };
}

function begin(options: Partial<ConstructorParameters<typeof Draft<Note>>[0]> = {}) {
  const server = slowServer();
  const copies = memoryCopies();
  const draft = new Draft<Note>({ content: { text: '' }, version: 1, save: server.save, copies, ...options });
  const type = (text: string) => {
    draft.change(() => ({ text }));
  };
  return { ...server, copies, draft, type };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a draft that saves itself', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves one and a half seconds after the last key', async () => {
    const { calls, type, last, draft } = begin();
    type('A');
    await pass(1_400);
    type('Ac');
    await pass(1_400);
    expect(calls).toHaveLength(0);
    await pass(100);
    expect(last()).toMatchObject({ text: 'Ac', version: 1 });
    last().accept(2);
    await pass(0);
    expect(draft.getState()).toMatchObject({ phase: 'saved', version: 2 });
  });

  it('saves a key that comes after the answer, while the copy is still being erased', async () => {
    const { calls, copies, type, last, draft } = begin();
    let erased: () => void = () => undefined;
    copies.erase.mockImplementation(() => new Promise<void>((resolve) => (erased = resolve)));
    type('A');
    await pass(1_500);
    last().accept(2);
    await pass(0);
    type('Ac');
    erased();
    await pass(1_500);
    expect(calls).toHaveLength(2);
    expect(last()).toMatchObject({ text: 'Ac', version: 2 });
    last().accept(3);
    await pass(0);
    erased();
    expect(draft.getState()).toMatchObject({ phase: 'saved', version: 3 });
  });

  it('never waits more than five seconds, however fast the keys come', async () => {
    const { calls, type } = begin();
    for (let second = 0; second < 5; second += 1) {
      type(`letra ${String(second)}`);
      await pass(1_000);
    }
    expect(calls).toHaveLength(1);
  });

  it('has one request in flight, and sends what was typed meanwhile upon the version of its answer', async () => {
    const { calls, type, last, draft } = begin();
    type('uno');
    await pass(1_500);
    type('uno dos');
    await pass(10_000);
    expect(calls).toHaveLength(1);
    last().accept(2);
    await pass(1_500);
    expect(last()).toMatchObject({ text: 'uno dos', version: 2 });
    last().accept(3);
    await pass(0);
    expect(draft.getState().phase).toBe('saved');
  });

  it('tries again after 1, 2, 4 … 30 seconds while there is no answer, and keeps the text sealed', async () => {
    const { calls, type, last, draft, copies } = begin();
    type('sin red');
    await pass(1_500);
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = calls.length;
      last().refuse(refusal(0));
      await pass(0);
      expect(draft.getState()).toMatchObject({ phase: 'waiting', isCopied: true });
      await pass(seconds * 1_000 - 1);
      expect(calls).toHaveLength(before);
      await pass(1);
      expect(calls).toHaveLength(before + 1);
    }
    expect(copies.kept.at(-1)).toEqual({ text: 'sin red' });
    last().accept(2);
    await pass(0);
    expect(draft.getState().phase).toBe('saved');
    expect(copies.kept).toHaveLength(0);
  });

  it('tries at once when the network is back', async () => {
    const { calls, type, last, draft } = begin();
    type('sin red');
    await pass(1_500);
    last().refuse(refusal(0));
    await pass(0);
    draft.retry();
    expect(calls).toHaveLength(2);
  });

  it('seals what is typed within a moment, and erases it only when the server has all of it', async () => {
    const { type, last, copies, draft } = begin();
    type('uno');
    await pass(250);
    expect(copies.kept).toEqual([{ text: 'uno' }]);
    expect(draft.getState().isCopied).toBe(true);
    await pass(1_250);
    type('uno dos');
    await pass(250);
    last().accept(2);
    await pass(0);
    expect(copies.erase).not.toHaveBeenCalled();
    await pass(1_500);
    last().accept(3);
    await pass(0);
    expect(copies.kept).toHaveLength(0);
  });

  it('keeps the copy of what the server would refuse, such as an impossible number', async () => {
    const { type, last, copies } = begin({ isWhole: ({ text }) => !text.includes('!') });
    type('98 °C!');
    await pass(1_500);
    last().accept(2);
    await pass(0);
    expect(copies.kept.at(-1)).toEqual({ text: '98 °C!' });
  });

  it('stops writing at a conflict and goes on with what the person chose', async () => {
    const { calls, type, last, draft } = begin();
    type('mía');
    await pass(1_500);
    last().refuse(refusal(412));
    await pass(0);
    expect(draft.getState().phase).toBe('conflict');
    type('no se escribe');
    await pass(10_000);
    expect(draft.getState().content.text).toBe('mía');
    expect(calls).toHaveLength(1);
    draft.goOnWith({ text: 'mía y otra' }, { content: { text: 'otra' }, version: 7 });
    await pass(0);
    expect(last()).toMatchObject({ text: 'mía y otra', version: 7 });
  });

  it('keeps a text the server refuses and sends it again once it changed', async () => {
    const { type, last, draft, calls } = begin();
    type('algo');
    await pass(1_500);
    last().refuse(refusal(422));
    await pass(60_000);
    expect(draft.getState()).toMatchObject({ phase: 'refused', isCopied: true });
    expect(calls).toHaveLength(1);
    type('algo más');
    await pass(1_500);
    expect(calls).toHaveLength(2);
  });

  it('saves nothing that did not change', async () => {
    const { type, calls, draft } = begin();
    type('a');
    type('');
    await pass(1_500);
    expect(calls).toHaveLength(0);
    expect(draft.getState().phase).toBe('saved');
  });

  it('answers a flush when the server has everything, also what was typed during a request', async () => {
    const { type, draft, last } = begin();
    type('uno');
    await pass(1_500);
    type('uno dos');
    const done = draft.flush();
    last().accept(2);
    await pass(0);
    last().accept(3);
    await pass(0);
    expect(await done).toBe(true);
    expect(last().text).toBe('uno dos');
  });

  it('ends without a copy after signing, and sends no more', async () => {
    const { type, draft, copies, calls } = begin();
    type('uno');
    await pass(250);
    await draft.end();
    type('dos');
    await pass(10_000);
    expect(copies.kept).toHaveLength(0);
    expect(calls).toHaveLength(0);
  });

  it('sends once more when the page is left', async () => {
    const { type, draft, calls } = begin();
    type('uno');
    draft.leave();
    await pass(0);
    expect(calls).toHaveLength(1);
  });
});
