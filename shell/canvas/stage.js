// The stage: the canvas inside the scrolled page, placed so that it covers the window and some of the page around it.

/** @import { CanvasArea, ScrollPlace } from './canvas_area.js' */
/** @import { Listeners } from '../site/listeners.js' */

import { mustMove, placeCanvas, shouldCenter } from './canvas_area.js';

// Where the browser has no scrollend event, scrolling has ended when there was no scroll event for this long.
const HAS_SCROLL_END = 'onscrollend' in globalThis;
const SCROLL_END_MS = 150;

export class Stage {
  #canvas;
  #windowState;
  #pageHeight = 0;
  /** @type {CanvasArea | null} */
  #area = null;
  #isCenteringDue = false;
  #move;
  /** @type {number | undefined} */
  #timer;

  // `move()` asks for a frame in which place() is called. `scrollEnded()` is called when scrolling comes to rest.
  /**
   * @param {{
   *   element: HTMLElement,
   *   windowState: { readonly dpr: number, readonly deviceWidth: number, readonly deviceHeight: number },
   *   listeners: Listeners,
   *   move: () => void,
   *   scrollEnded: () => void,
   * }} options
   */
  constructor({ element, windowState, listeners, move, scrollEnded }) {
    this.#windowState = windowState;
    this.#move = move;
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    element.prepend(this.#canvas);
    listeners.addUndo(() => clearTimeout(this.#timer));
    const ended = () => {
      this.#handleScrollEnd();
      scrollEnded();
    };
    listeners.add(window, 'scroll', () => this.#handleScroll(ended));
    if (HAS_SCROLL_END) listeners.add(document, 'scrollend', ended);
  }

  get canvas() {
    return this.#canvas;
  }

  // Device pixels, of the page that is shown.
  /** @type {(height: number) => void} */
  setPageHeight(height) {
    this.#pageHeight = height;
    this.#area = null;
  }

  // The window's size has changed: the canvas is placed again in the next frame.
  invalidate() {
    this.#area = null;
  }

  // Called in a frame: puts the canvas where it has to be. Returns the new area, or null when it stays.
  /** @type {() => CanvasArea | null} */
  place() {
    const place = this.#currentPlace();
    if (this.#area !== null && !mustMove(this.#area, place) && !this.#isCenteringDue) return null;
    this.#isCenteringDue = false;
    this.#area = placeCanvas(place);
    const { top, width, height } = this.#area;
    const dpr = this.#windowState.dpr;
    // Assigning a canvas's size clears it even when the size stays.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#canvas.style.width = `${width / dpr}px`;
    this.#canvas.style.height = `${height / dpr}px`;
    this.#canvas.style.top = `${top / dpr}px`;
    return this.#area;
  }

  /** @type {() => ScrollPlace} */
  #currentPlace() {
    const dpr = this.#windowState.dpr;
    return {
      scrollTop: Math.round(window.scrollY * dpr),
      windowHeight: this.#windowState.deviceHeight,
      pageWidth: this.#windowState.deviceWidth,
      pageHeight: this.#pageHeight,
    };
  }

  /** @type {(ended: () => void) => void} */
  #handleScroll(ended) {
    if (this.#area !== null && mustMove(this.#area, this.#currentPlace())) this.#move();
    if (HAS_SCROLL_END) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(ended, SCROLL_END_MS);
  }

  #handleScrollEnd() {
    if (this.#area === null || !shouldCenter(this.#area, this.#currentPlace())) return;
    this.#isCenteringDue = true;
    this.#move();
  }
}
