// One window of the browser at a time sends comments; the others hear of what it has stored.

export class SendingTurn {
  #name;
  #begin;
  #channel = null;
  #release = () => {};
  #abort = new AbortController();

  // `begin()` is called once, when this window's turn has come; `changed()` when another one has changed a record.
  constructor(prefix, { begin, changed }) {
    this.#name = `${prefix}outbox`;
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
    navigator.locks.request(this.#name, { signal: this.#abort.signal }, held).catch(() => {});
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
