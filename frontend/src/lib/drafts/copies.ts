import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { DRAFTS } from '@/lib/device';

/** A draft as it lies in the browser: sealed, with nothing in clear but ids and times. */
export interface SealedCopy {
  /** Which draft it is of, and which opening of it. */
  key: string;
  draft: string;
  user: string;
  /** The version of the server that the text was written upon. */
  version: number;
  /** When it was written, in milliseconds. */
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** A copy opened again. */
export interface OpenCopy {
  key: string;
  version: number;
  at: number;
  content: unknown;
}

/** Where sealed copies and the keys of this browser's users lie. */
export interface CopyStore {
  /** The user's key; made on first use and impossible to take out of the browser. */
  key: (user: string) => Promise<CryptoKey>;
  put: (copy: SealedCopy) => Promise<void>;
  ofDraft: (user: string, draft: string) => Promise<SealedCopy[]>;
  ofUser: (user: string) => Promise<SealedCopy[]>;
  remove: (keys: readonly string[]) => Promise<void>;
  removeOlderThan: (at: number) => Promise<void>;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  copies: { key: string; value: SealedCopy; indexes: { user: string } };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(DRAFTS, 1, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('copies', { keyPath: 'key' }).createIndex('user', 'user');
    },
    // Signing out, here or in another tab, takes the copies away: whoever holds them lets go.
    blocking(_current, _wanted, event) {
      opened = undefined;
      (event.target as IDBDatabase).close();
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The copies of this browser, in IndexedDB. */
export const browserCopies: CopyStore = {
  async key(user) {
    const db = await database();
    const found = await db.get('keys', user);
    if (found) return found;
    const made = await newKey();
    // Two windows may begin at once: the first key stays.
    const change = db.transaction('keys', 'readwrite');
    const other = await change.store.get(user);
    if (!other) await change.store.put(made, user);
    await change.done;
    return other ?? made;
  },
  async put(copy) {
    await (await database()).put('copies', copy);
  },
  async ofDraft(user, draft) {
    const all = await this.ofUser(user);
    return all.filter((copy) => copy.draft === draft);
  },
  async ofUser(user) {
    return (await database()).getAllFromIndex('copies', 'user', user);
  },
  async remove(keys) {
    const change = (await database()).transaction('copies', 'readwrite');
    await Promise.all([...keys.map((key) => change.store.delete(key)), change.done]);
  },
  async removeOlderThan(at) {
    const db = await database();
    const old = (await db.getAll('copies')).filter((copy) => copy.at < at);
    await this.remove(old.map((copy) => copy.key));
  },
};
