// The one place where event listeners and observers are registered, so that one call removes them all.

const SCROLLING = /^(wheel|touch|pointer|scroll)/;

export class Listeners {
  #undo = [];

  // `options` as in addEventListener. What could hold up scrolling is passive, always.
  add(target, type, handler, options = {}) {
    const settings = SCROLLING.test(type) ? { ...options, passive: true } : options;
    target.addEventListener(type, handler, settings);
    const remove = () => target.removeEventListener(type, handler, settings);
    this.#undo.push(remove);
    return remove;
  }

  // Anything else that must be undone: an observer, a pending timer.
  addUndo(undo) {
    this.#undo.push(undo);
  }

  removeAll() {
    const undo = this.#undo;
    this.#undo = [];
    for (const step of undo.reverse()) step();
  }
}
