// How far the program has come with a page: one phase at a time, in this order.
//
//   waiting    the static page can be read; the program is loading
//   starting   the program runs and waits for a file of the first page
//   preparing  the first page is laid out and its words are drawn, in slices
//   adopted    the page layer is the program's; the canvas has not been painted yet
//   live       the canvas shows the page
//   over       the program has crashed or could not start

/** @typedef {'waiting' | 'starting' | 'preparing' | 'adopted' | 'live' | 'over'} PhaseName */

/** @type {Record<PhaseName, PhaseName[]>} */
const NEXT = {
  waiting: ['starting', 'over'],
  starting: ['preparing', 'over'],
  preparing: ['starting', 'adopted', 'over'],
  adopted: ['live', 'over'],
  live: ['over'],
  over: [],
};

export class SessionPhase {
  /** @type {PhaseName} */
  #name = 'waiting';

  /** @type {(...names: PhaseName[]) => boolean} */
  is(...names) {
    return names.includes(this.#name);
  }

  // The page layer is the program's, and pages are shown as they come.
  get isAdopted() {
    return this.is('adopted', 'live');
  }

  /** @type {(next: PhaseName) => void} */
  enter(next) {
    if (!NEXT[this.#name].includes(next)) throw new Error(`a session does not go from ${this.#name} to ${next}`);
    this.#name = next;
  }
}
