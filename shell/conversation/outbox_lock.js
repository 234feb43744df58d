// One window of the browser at a time sends comments; the others hear of what it has stored.

// Of the event that browsers wake the service worker with (service_worker/outbox_sync.js).
export const SYNC_TAG = 'octavo-outbox';
// The last window may still be on its way out.
const CLOSING_MS = 10_000;

// Calls `work(tellOthers)` when nobody else is sending, unless another window goes on for long, and keeps the turn until it is done.
export async function takeTurnSoon(prefix, work) {
  const name = turnName(prefix);
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
  #channel = null;
  #release = () => {};
  #abort = new AbortController();

  // `begin()` is called once, when this window's turn has come; `changed()` when another one has changed a record.
  constructor(prefix, { begin, changed }) {
    this.#name = turnName(prefix);
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

  tellOthers() {
    this.#channel?.postMessage(null);
  }

  close() {
    this.#abort.abort();
    this.#release();
    this.#channel?.close();
  }
}

function turnName(prefix) {
  return `${prefix}outbox`;
}
