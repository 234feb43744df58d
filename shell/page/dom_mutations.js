// Watches for changes to the elements by a translator or an extension: a block that they change shows its DOM text from then on. When a
// change has moved the blocks below it, canvas and elements no longer match, and the whole page shows its DOM text.

/** @import { Bridge } from '../program/bridge.js' */
/** @import { Listeners } from '../site/listeners.js' */
/** @import { PageLayer } from './page_layer.js' */
/** @import { WindowState } from './viewport.js' */

import { DOM_TEXT } from './page_layer.js';

const TEXT_BLOCKS = '.table, p, h1, h2, h3, h4, h5, h6, pre, figcaption, summary, dt, dd, li';
// The page itself writes into the notes of fields while a person types.
const FIELD_NOTES = '.field-note';
// Layout has whole device pixels, engines have 64ths of a CSS pixel.
const SAME_PLACE = 1;

export class DomMutations {
  #layer;
  #windowState;
  #moved;
  /** @type {Bridge | null} */
  #bridge = null;
  #observer = new MutationObserver((records) => this.#handle(records));

  // Watches from now on, because a translator may act before the program has started. `moved()` is called when blocks are no longer
  // where they are painted.
  /** @param {{ layer: PageLayer, windowState: WindowState, listeners: Listeners, moved: () => void }} options */
  constructor({ layer, windowState, listeners, moved }) {
    this.#layer = layer;
    this.#windowState = windowState;
    this.#moved = moved;
    this.#observe();
    listeners.addUndo(() => this.#observer.disconnect());
  }

  /** @type {(bridge: Bridge) => void} */
  adopt(bridge) {
    this.#bridge = bridge;
  }

  // Shows a page with `update`, which is not watched. Records of the previous page that are still waiting do not apply to another page.
  /** @type {(isSamePage: boolean, update: () => void) => void} */
  whileUpdating(isSamePage, update) {
    const records = this.#observer.takeRecords();
    if (isSamePage) this.#mark(records);
    this.#observer.disconnect();
    update();
    this.#observe();
  }

  // A page is shown. Blocks that were rewritten before may have stayed as they were.
  handleShown() {
    const rewritten = this.#layer.rewrittenElements;
    for (const element of rewritten) this.#hide(element);
    this.#checkPlaces(rewritten);
  }

  #observe() {
    this.#observer.observe(this.#layer.element, { childList: true, characterData: true, subtree: true });
  }

  /** @type {(records: MutationRecord[]) => void} */
  #handle(records) {
    for (const { removedNodes } of records) removedNodes.forEach((node) => this.#hide(node));
    const changed = this.#mark(records);
    for (const element of changed) {
      const block = textBlock(element);
      if (block !== null) this.#hide(block);
    }
    this.#checkPlaces(changed);
  }

  // Returns the elements whose content has changed.
  /** @type {(records: MutationRecord[]) => Set<Element>} */
  #mark(records) {
    /** @type {Set<Element>} */
    const changed = new Set();
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element === null || !this.#layer.element.contains(element) || element.closest(FIELD_NOTES) !== null) continue;
      changed.add(element);
      const block = textBlock(element);
      // Text between blocks is not painted, but an element that was inserted there shows its DOM text.
      if (block !== null) block.setAttribute(DOM_TEXT, 'rewritten');
      else [...addedNodes].filter((node) => node instanceof Element).forEach((node) => node.setAttribute(DOM_TEXT, 'inserted'));
    }
    return changed;
  }

  /** @type {(node: Node) => void} */
  #hide(node) {
    if (this.#bridge === null) return;
    for (const id of this.#layer.blockIds(node)) this.#bridge.hideBlock(id);
  }

  /** @type {(elements: Iterable<Element>) => void} */
  #checkPlaces(elements) {
    if (this.#bridge === null) return;
    const { dpr } = this.#windowState;
    const blocks = new Set([...elements].map((element) => this.#layer.closestBlock(textBlock(element) ?? element)));
    for (const { element, id } of [...blocks].filter((block) => block !== null)) {
      const bottom = (element.getBoundingClientRect().bottom + window.scrollY) * dpr;
      if (Math.abs(bottom - this.#bridge.blockBottom(id)) <= SAME_PLACE) continue;
      this.#moved();
      return;
    }
  }
}

// Tables scroll and keep their columns as a whole, so they show their DOM text as a whole.
/** @type {(element: Element) => Element | null} */
function textBlock(element) {
  return element.closest('.table') ?? element.closest(TEXT_BLOCKS);
}
