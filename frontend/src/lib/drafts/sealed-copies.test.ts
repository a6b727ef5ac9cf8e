import { describe, expect, it } from 'vitest';
import type { CopyStore, SealedCopy } from './copies';
import { SealedCopies } from './sealed-copies';

const DAY_MS = 24 * 60 * 60_000;
const NOW = 1_795_000_000_000;

/** What a browser keeps, in memory. */
function memoryStore() {
  const rows = new Map<string, SealedCopy>();
  const keys = new Map<string, Promise<CryptoKey>>();
  const store: CopyStore = {
    key(user) {
      const found =
        keys.get(user) ?? crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      keys.set(user, found);
      return found;
    },
    put: (copy) => Promise.resolve(void rows.set(copy.key, copy)),
    ofDraft: (user, draft) =>
      Promise.resolve([...rows.values()].filter((copy) => copy.user === user && copy.draft === draft)),
    ofUser: (user) => Promise.resolve([...rows.values()].filter((copy) => copy.user === user)),
    remove: (gone) => {
      for (const key of gone) rows.delete(key);
      return Promise.resolve();
    },
    removeOlderThan: (at) => {
      for (const copy of [...rows.values()]) if (copy.at < at) rows.delete(copy.key);
      return Promise.resolve();
    },
  };
  return { store, rows };
}

describe('the sealed copy of a draft', () => {
  const open = (store: CopyStore, user = 'sofia', draft = 'nota-1') => new SealedCopies({ user, draft, store });

  it('comes back after the window was closed, with nothing in clear meanwhile', async () => {
    const { store, rows } = memoryStore();
    await open(store).write({ text: 'Refiere cefalea' }, 4, NOW);
    const bytes = [...rows.values()].map((copy) => new TextDecoder().decode(copy.data)).join();
    expect(bytes).not.toContain('cefalea');
    const [found] = await open(store).found(NOW + 1_000);
    expect(found).toMatchObject({ version: 4, at: NOW, content: { text: 'Refiere cefalea' } });
  });

  it('opens for nobody else, not even moved to another user’s row or another draft', async () => {
    const { store, rows } = memoryStore();
    await open(store).write('secreto', 1, NOW);
    expect(await open(store, 'otro').found(NOW)).toEqual([]);
    for (const copy of [...rows.values()]) rows.set('x', { ...copy, key: 'x', user: 'otro' });
    expect(await open(store, 'otro').found(NOW)).toEqual([]);
    for (const copy of [...rows.values()]) rows.set('y', { ...copy, key: 'y', user: 'sofia', draft: 'nota-2' });
    expect(await open(store, 'sofia', 'nota-2').found(NOW)).toEqual([]);
  });

  it('is one per window: what one window saved erases nothing of another', async () => {
    const { store } = memoryStore();
    const [first, second] = [open(store), open(store)];
    await first.write('uno', 1, NOW);
    await second.write('dos', 1, NOW + 1);
    await second.erase();
    expect((await open(store).found(NOW)).map((copy) => copy.content)).toEqual(['uno']);
  });

  it('goes after seven days', async () => {
    const { store, rows } = memoryStore();
    await open(store).write('viejo', 1, NOW);
    expect(await open(store).found(NOW + 7 * DAY_MS)).toHaveLength(1);
    expect(await open(store).found(NOW + 7 * DAY_MS + 1)).toHaveLength(0);
    expect(rows.size).toBe(0);
  });

  it('erases every window’s copy once the text is signed', async () => {
    const { store, rows } = memoryStore();
    await open(store).write('uno', 1, NOW);
    await open(store).write('dos', 1, NOW);
    await open(store).eraseAll();
    expect(rows.size).toBe(0);
  });
});
