// What the browser keeps of a conversation, in IndexedDB: drafts, comments on their way, threads seen. Nothing here throws; what
// cannot be kept is said in the answer.

import { openDB } from 'idb';

// Of threads that are kept for reading without a network.
const MOST_THREADS = 50;
// Where IndexedDB has lost everything, this small value elsewhere remembers that there was something.
const CANARY = 'kept';

export class ConversationStore {
  #name;
  #localStore;
  #db = null;
  #opening = null;
  works = true;
  wasLost = false;
  whenLost = () => {};

  static async open(prefix, localStore) {
    const store = new ConversationStore(`${prefix}conversation`, localStore);
    await store.#try(() => {}, null);
    const { drafts, records } = await store.all();
    store.wasLost = store.works && drafts.length + records.length === 0 && localStore.get(CANARY) !== '';
    store.#setCanary(drafts.length + records.length);
    return store;
  }

  constructor(name, localStore) {
    this.#name = name;
    this.#localStore = localStore;
  }

  // {drafts, records}: JSON texts.
  all() {
    return this.#try(
      async (db) => ({
        drafts: (await db.getAll('drafts')).map(({ draft }) => draft),
        records: (await db.getAll('records')).map(({ record }) => record),
      }),
      { drafts: [], records: [] },
    );
  }

  records() {
    return this.#try(async (db) => (await db.getAll('records')).map(({ record }) => record), []);
  }

  // {state: 'saved' | 'failed'} or {state: 'conflict', stored}: another window has written there since.
  saveDraft(slot, expected, draft) {
    return this.#try(
      async (db) => {
        const transaction = db.transaction('drafts', 'readwrite');
        const stored = await transaction.store.get(slot);
        if (stored !== undefined && revisionOf(stored.draft) !== expected) {
          await transaction.done;
          return { state: 'conflict', stored: stored.draft };
        }
        await transaction.store.put({ slot, draft });
        await transaction.done;
        this.#setCanary(1);
        return { state: 'saved' };
      },
      { state: 'failed' },
    );
  }

  dropDraft(slot) {
    return this.#try((db) => db.delete('drafts', slot));
  }

  // True when it is on the disk, and the draft with this slot gone.
  keepRecord(key, record, slot) {
    return this.#try(async (db) => {
      const transaction = db.transaction(['records', 'drafts'], 'readwrite', { durability: 'strict' });
      await transaction.objectStore('records').put({ key, record });
      if (slot) await transaction.objectStore('drafts').delete(slot);
      await transaction.done;
      this.#setCanary(1);
      return true;
    }, false);
  }

  // Unless another window is sending it at this moment.
  forgetRecord(key) {
    return this.#try(async (db) => {
      const transaction = db.transaction('records', 'readwrite', { durability: 'strict' });
      const stored = await transaction.store.get(key);
      if (stored !== undefined && JSON.parse(stored.record).state !== 'sending') await transaction.store.delete(key);
      await transaction.done;
    });
  }

  keepThread(page, body) {
    return this.#try(async (db) => {
      await db.put('threads', { page, body, at: Math.floor(Date.now() / 1000) });
      const oldest = await db.getAllKeysFromIndex('threads', 'at');
      for (const key of oldest.slice(0, -MOST_THREADS)) await db.delete('threads', key);
    });
  }

  thread(page) {
    return this.#try((db) => db.get('threads', page));
  }

  // Adds what is not there yet; drafts that differ stand beside those that are there.
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

  async #try(step, otherwise = undefined) {
    try {
      const db = await this.#open();
      const result = await step(db);
      this.works = true;
      return result;
    } catch (error) {
      if (this.works) console.info('octavo: the browser keeps nothing of conversations:', error.name);
      this.works = false;
      return otherwise;
    }
  }

  async #open() {
    if (this.#db !== null) return this.#db;
    this.#opening ??= openDB(this.#name, 1, {
      upgrade: (db) => {
        db.createObjectStore('drafts', { keyPath: 'slot' });
        db.createObjectStore('records', { keyPath: 'key' });
        db.createObjectStore('threads', { keyPath: 'page' }).createIndex('at', 'at');
      },
      // A newer version of the reader waits in another window.
      blocking: () => this.#forget(),
      terminated: () => {
        this.#forget();
        this.whenLost();
      },
    }).finally(() => {
      this.#opening = null;
    });
    this.#db = await this.#opening;
    return this.#db;
  }

  #forget() {
    this.#db?.close();
    this.#db = null;
  }

  #setCanary(count) {
    this.#localStore.set(CANARY, count > 0 ? '1' : '');
  }
}

// Where a draft from a file belongs: a slot that is free, or the one that has the same text already.
async function placeFor(draft, store) {
  for (let count = 0; ; ++count) {
    const slot = draft.slot + (count === 0 ? '' : `\nimported ${count}`);
    const stored = await store.get(slot);
    if (stored === undefined) return { slot, isThere: false };
    if (JSON.parse(stored.draft).text === draft.text) return { slot, isThere: true };
  }
}

function revisionOf(draft) {
  return JSON.parse(draft).revision;
}
