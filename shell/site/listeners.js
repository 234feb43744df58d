// Registers all event listeners and observers of a page, so that one call removes them.

const SCROLLING = /^(wheel|touch|pointer|scroll)/;

export class Listeners {
  /** @type {(() => void)[]} */
  #undo = [];

  // `options` as in addEventListener. Whatever could hold up scrolling is passive. Returns what removes this listener.
  /**
   * @template {Event} [E=any]
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: E) => void} handler
   * @param {AddEventListenerOptions} options
   */
  add(target, type, handler, options = {}) {
    const settings = SCROLLING.test(type) ? { ...options, passive: true } : options;
    const listener = /** @type {EventListener} */ (handler);
    target.addEventListener(type, listener, settings);
    const remove = () => target.removeEventListener(type, listener, settings);
    this.#undo.push(remove);
    return remove;
  }

  // Anything else that must be undone: an observer, a pending timer.
  /** @type {(undo: () => void) => void} */
  addUndo(undo) {
    this.#undo.push(undo);
  }

  removeAll() {
    const undo = this.#undo;
    this.#undo = [];
    for (const step of undo.reverse()) step();
  }
}
