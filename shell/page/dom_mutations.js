// What others do to the elements, a translator or an extension: a block that they change is shown by its own text from then on. When
// the change has moved what lies below, canvas and elements are out of register, and the whole page is shown by its elements.

import { OWN_TEXT } from './page_layer.js';

const TEXT_BLOCKS = '.table, p, h1, h2, h3, h4, h5, h6, pre, figcaption, summary, dt, dd, li';
// What the page itself writes into fields' notes while a person types.
const OWN_NOTES = '.field-note';
// Layout knows whole device pixels, engines 64ths of a CSS pixel.
const SAME_PLACE = 1;

export class DomMutations {
  #layer;
  #windowState;
  #moved;
  #bridge = null;
  #observer = new MutationObserver((records) => this.#handle(records));

  // Watches from now on, for a translator may come before the reader has started. `moved()` is called when blocks are no longer
  // where they are painted.
  constructor({ layer, windowState, listeners, moved }) {
    this.#layer = layer;
    this.#windowState = windowState;
    this.#moved = moved;
    this.#observe();
    listeners.addUndo(() => this.#observer.disconnect());
  }

  adopt(bridge) {
    this.#bridge = bridge;
  }

  // Shows a page with `update`, which is no foreign change. What is still to be told of the page before says nothing of another one.
  whileUpdating(isSamePage, update) {
    const records = this.#observer.takeRecords();
    if (isSamePage) this.#mark(records);
    this.#observer.disconnect();
    update();
    this.#observe();
  }

  // A page is shown; blocks that were rewritten before may have stayed as they were.
  handleShown() {
    const kept = this.#layer.keptElements;
    for (const element of kept) this.#hide(element);
    this.#checkPlaces(kept);
  }

  #observe() {
    this.#observer.observe(this.#layer.element, { childList: true, characterData: true, subtree: true });
  }

  #handle(records) {
    for (const { removedNodes } of records) removedNodes.forEach((node) => this.#hide(node));
    const changed = this.#mark(records);
    for (const element of changed) this.#hide(textBlock(element));
    this.#checkPlaces(changed);
  }

  // Returns the elements whose content has changed.
  #mark(records) {
    const changed = new Set();
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element === null || !this.#layer.element.contains(element) || element.closest(OWN_NOTES) !== null) continue;
      changed.add(element);
      const block = textBlock(element);
      // What stands between the blocks is nobody's text, but an element that was put there shows itself.
      if (block !== null) block.setAttribute(OWN_TEXT, 'rewritten');
      else [...addedNodes].filter((node) => node instanceof Element).forEach((node) => node.setAttribute(OWN_TEXT, 'foreign'));
    }
    return changed;
  }

  // Tables scroll and keep their columns as a whole, so they are shown as a whole.
  #hide(node) {
    if (this.#bridge === null) return;
    for (const id of this.#layer.blockIds(node)) this.#bridge.hideBlock(id);
  }

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

function textBlock(element) {
  return element.closest('.table') ?? element.closest(TEXT_BLOCKS);
}
