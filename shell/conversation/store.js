// What the browser keeps of a conversation in IndexedDB: drafts, comments on their way, threads that were seen. Nothing here throws. The
// result says when something could not be kept.

/** @import { IDBPDatabase, IDBPObjectStore } from 'idb' */
/** @import { CachedThread, ConversationSchema, DraftOutcome, ExportedContent, KeyValueStore, StoredDraft } from './storage.d.ts' */
/** @import { DraftPlace, DraftToSave, StoredTexts, RecordToStore, StoreOutcome } from './messages.d.ts' */
/** @typedef {IDBPDatabase<ConversationSchema>} Database */
/** @typedef {IDBPObjectStore<ConversationSchema, ('drafts' | 'records')[], 'drafts', 'readwrite'>} DraftStore */
/** @typedef {Pick<DraftStore, 'get' | 'delete'>} WritableDrafts */

import { openDB } from 'idb';

import { DRAFT_SLOT_SEPARATOR, OUTBOX_STATES } from '#constants';
import { nameOf } from '../site/errors.js';

// Of threads that are kept for reading without a network.
const MOST_THREADS = 50;
// Where IndexedDB has lost everything, this small value elsewhere remembers that there was something.
const CANARY = 'kept';

export class ConversationStore {
  #name;
  #localStore;
  /** @type {Database | null} */
  #db = null;
  /** @type {Promise<Database> | null} */
  #opening = null;
  works = true;
  wasLost = false;
  #wasTerminated = false; // the browser may have cleared everything meanwhile
  whenLost = () => {};

  /** @type {(prefix: string, localStore: KeyValueStore) => Promise<ConversationStore>} */
  static async open(prefix, localStore) {
    const store = new ConversationStore(`${prefix}conversation`, localStore);
    await store.#try(() => {}, undefined);
    const { drafts, records } = await store.all();
    store.wasLost = store.works && drafts.length + records.length === 0 && localStore.get(CANARY) !== '';
    store.#setCanary(drafts.length + records.length);
    return store;
  }

  /** @param {string} name @param {KeyValueStore} localStore */
  constructor(name, localStore) {
    this.#name = name;
    this.#localStore = localStore;
  }

  /** @returns {Promise<StoredTexts>} */
  all() {
    return this.#try(
      async (db) => ({
        drafts: (await db.getAll('drafts')).map(({ draft }) => draft),
        records: (await db.getAll('records')).map(({ record }) => record),
      }),
      { drafts: [], records: [] },
    );
  }

  /** @returns {Promise<string[]>} */
  records() {
    return this.#try(async (db) => (await db.getAll('records')).map(({ record }) => record), []);
  }

  // A conflict: another window has written there since.
  /** @type {(save: DraftToSave) => Promise<DraftOutcome>} */
  saveDraft({ slot, revision, window, draft }) {
    return this.#try(
      async (db) => {
        const transaction = db.transaction('drafts', 'readwrite');
        const stored = await transaction.store.get(slot);
        if (stored !== undefined && !hasVersion(stored.draft, { revision, window })) {
          await transaction.done;
          return { state: 'conflict', stored: stored.draft };
        }
        await transaction.store.put({ slot, draft });
        await transaction.done;
        this.#setCanary(1);
        return { state: 'saved' };
      },
      /** @type {DraftOutcome} */ ({ state: 'failed' }),
    );
  }

  // Another window's text stays. `window` is the page key of this one.
  /** @type {(place: DraftPlace, window: string) => Promise<void>} */
  dropDraft(place, window) {
    return this.#try(async (db) => {
      const transaction = db.transaction('drafts', 'readwrite');
      await dropFrom(transaction.store, place, window);
      await transaction.done;
    }, undefined);
  }

  // Stored: it is on the disk, and its draft is gone. Changed: another window has stored another state since, which stays. Gone: another
  // window has taken it back.
  /** @type {(record: RecordToStore, window: string) => Promise<StoreOutcome | 'changed'>} */
  keepRecord({ key, record, isNew, expected, ...place }, window) {
    return this.#try(async (db) => {
      const transaction = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' });
      const records = transaction.objectStore('records');
      const stored = await records.get(key);
      const isGone = stored === undefined && !isNew && !this.#wasTerminated;
      const isChanged = stored !== undefined && expected !== '' && stateOf(stored.record) !== expected;
      if (!isGone && !isChanged) await records.put({ key, record });
      if (!isGone) await dropFrom(transaction.objectStore('drafts'), place, window);
      await transaction.done;
      this.#setCanary(1);
      return isGone ? 'gone' : isChanged ? 'changed' : 'stored';
    }, /** @type {StoreOutcome | 'changed'} */ ('refused'));
  }

  // Unless another window is sending it at this moment.
  /** @type {(key: string) => Promise<void>} */
  forgetRecord(key) {
    return this.#try(async (db) => {
      const transaction = db.transaction('records', 'readwrite', { durability: 'strict' });
      const stored = await transaction.store.get(key);
      if (stored !== undefined && stateOf(stored.record) !== OUTBOX_STATES.SENDING) await transaction.store.delete(key);
      await transaction.done;
    }, undefined);
  }

  /** @type {(page: string, body: string) => Promise<void>} */
  keepThread(page, body) {
    return this.#try(async (db) => {
      await db.put('threads', { page, body, at: Math.floor(Date.now() / 1000) });
      const oldest = await db.getAllKeysFromIndex('threads', 'at');
      for (const key of oldest.slice(0, -MOST_THREADS)) await db.delete('threads', key);
    }, undefined);
  }

  /** @type {(page: string) => Promise<CachedThread | undefined>} */
  thread(page) {
    return this.#try((db) => db.get('threads', page), undefined);
  }

  // Adds what is not there yet. A draft that differs from the one in its slot gets another slot.
  /** @type {(content: ExportedContent) => Promise<boolean>} */
  add({ drafts, records }) {
    return this.#try(async (db) => {
      const transaction = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('drafts');
      for (const draft of drafts) {
        const { slot, isThere } = await placeFor(draft, store);
        if (!isThere) await store.put({ slot, draft: JSON.stringify({ ...draft, slot }) });
      }
      for (const record of records) {
        const { key } = record;
        if ((await transaction.objectStore('records').get(key)) !== undefined) continue;
        await transaction.objectStore('records').put({ key, record: JSON.stringify(record) });
      }
      await transaction.done;
      return true;
    }, false);
  }

  close() {
    this.#db?.close();
  }

  // ---- The database ------------------------------------------------------------------------------------------------

  /**
   * @template T
   * @param {(db: Database) => T | Promise<T>} step
   * @param {T} otherwise
   * @returns {Promise<T>}
   */
  async #try(step, otherwise) {
    try {
      const db = await this.#open();
      const result = await step(db);
      this.works = true;
      return result;
    } catch (error) {
      if (this.works) console.info('octavo: the browser keeps nothing of conversations:', nameOf(error));
      this.works = false;
      return otherwise;
    }
  }

  /** @returns {Promise<Database>} */
  async #open() {
    if (this.#db !== null) return this.#db;
    this.#opening ??= this.#openAnew().finally(() => {
      this.#opening = null;
    });
    const db = await this.#opening;
    this.#db = db;
    return db;
  }

  /** @returns {Promise<Database>} */
  #openAnew() {
    return openDB(this.#name, 1, {
      upgrade: (db) => {
        db.createObjectStore('drafts', { keyPath: 'slot' });
        db.createObjectStore('records', { keyPath: 'key' });
        db.createObjectStore('threads', { keyPath: 'page' }).createIndex('at', 'at');
      },
      // A newer version of the reader waits in another window.
      blocking: () => this.#forget(),
      terminated: () => {
        this.#wasTerminated = true;
        this.#forget();
        this.whenLost();
      },
    });
  }

  #forget() {
    this.#db?.close();
    this.#db = null;
  }

  /** @param {number} count */
  #setCanary(count) {
    this.#localStore.set(CANARY, count > 0 ? '1' : '');
  }
}

// Where a draft from a file belongs: a slot that is free, or the one that has the same text already.
/** @type {(draft: StoredDraft, store: DraftStore) => Promise<{ slot: string, isThere: boolean }>} */
async function placeFor(draft, store) {
  for (let count = 0; ; ++count) {
    const slot = draft.slot + (count === 0 ? '' : `${DRAFT_SLOT_SEPARATOR}imported ${count}`);
    const stored = await store.get(slot);
    if (stored === undefined) return { slot, isThere: false };
    if (JSON.parse(stored.draft).text === draft.text) return { slot, isThere: true };
  }
}

/** @type {(draft: string, version: { revision: number, window: string }) => boolean} */
function hasVersion(draft, version) {
  const { revision, window = '' } = JSON.parse(draft);
  return revision === version.revision && window === version.window;
}

// `store` is that of drafts, in a transaction that writes.
/** @type {(store: WritableDrafts, place: DraftPlace, window: string) => Promise<void>} */
async function dropFrom(store, place, window) {
  const stored = await store.get(place.slot);
  if (stored === undefined) return;
  const isOwn = window !== '' && JSON.parse(stored.draft).window === window;
  if (isOwn || hasVersion(stored.draft, place)) await store.delete(place.slot);
}

/** @type {(record: string) => string} */
function stateOf(record) {
  return JSON.parse(record).state;
}
