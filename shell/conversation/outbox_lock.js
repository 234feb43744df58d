// One window of the browser at a time sends comments. The others hear of what it has stored.

/** @import {} from './background_sync.d.ts' */

// Of the event that browsers wake the service worker with (service_worker/outbox_sync.js).
export const SYNC_TAG = 'octavo-outbox';
// The last window may still be on its way out.
const CLOSING_MS = 10_000;

// Calls `work(notifyOtherWindows)` under the outbox lock. Gives up when another window does not let go of it in time.
/** @type {(prefix: string, work: (notifyOtherWindows: () => void) => Promise<void>) => Promise<void>} */
export async function withOutboxLock(prefix, work) {
  const name = lockName(prefix);
  const channel = new BroadcastChannel(name);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), CLOSING_MS);
  try {
    await navigator.locks.request(name, { signal: patience.signal }, () => {
      clearTimeout(timer);
      return work(() => channel.postMessage(null));
    });
  } catch (error) {
    if (!patience.signal.aborted) throw error;
  } finally {
    channel.close();
  }
}

// What waits is to go out although all windows may be closed, where the browser can do that.
/** @type {() => Promise<void>} */
export async function askForSync() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register(SYNC_TAG);
  } catch {
    // The reader's settings forbid it: a page sends what waits.
  }
}

export class OutboxLock {
  #name;
  #begin;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {(value?: unknown) => void} */
  #release = () => {};
  #abort = new AbortController();

  // `begin()` is called once, when this window has the lock; `changed()` when another one has changed a record.
  /** @param {string} prefix @param {{ begin: () => void, changed: () => void }} calls */
  constructor(prefix, { begin, changed }) {
    this.#name = lockName(prefix);
    this.#begin = begin;
    if (!('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = changed;
  }

  // The lock goes with the window, whatever becomes of it.
  request() {
    if (!navigator.locks) {
      this.#begin();
      return;
    }
    const held = () => {
      this.#begin();
      return new Promise((resolve) => {
        this.#release = resolve;
      });
    };
    navigator.locks.request(this.#name, { signal: this.#abort.signal }, held).catch(({ name }) => {
      // Where nothing may be kept locks are denied too, and no other window has the same comments.
      if (name === 'SecurityError') this.#begin();
    });
  }

  notifyOtherWindows() {
    this.#channel?.postMessage(null);
  }

  close() {
    this.#abort.abort();
    this.#release();
    this.#channel?.close();
  }
}

/** @type {(prefix: string) => string} */
function lockName(prefix) {
  return `${prefix}outbox`;
}
