// The stage: the canvas inside the scrolled content, placed so that it covers the window and some of the page around it.

import { mustMove, placeCanvas, shouldCentre } from './canvas_area.js';

// Where the browser has no scrollend event, so long without a scroll event counts as its end.
const SCROLL_END_MS = 150;

export class Stage {
  #canvas;
  #windowState;
  #pageHeight = 0;
  #area = null;
  #move;
  #timer = 0;

  // `move()` asks for a frame in which place() is called; `scrollEnded()` is told when scrolling comes to rest.
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
    if ('onscrollend' in window) listeners.add(document, 'scrollend', ended);
  }

  get canvas() {
    return this.#canvas;
  }

  // Device pixels, of the page that is shown.
  set pageHeight(height) {
    this.#pageHeight = height;
    this.#area = null;
  }

  // The window has another size: the canvas is placed anew with the next frame.
  invalidate() {
    this.#area = null;
  }

  // Called in a frame: puts the canvas where it has to be. Returns the new area, or null when it stays.
  place() {
    const place = this.#currentPlace();
    if (this.#area !== null && !mustMove(this.#area, place) && !this.#centring) return null;
    this.#centring = false;
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

  #centring = false;

  #currentPlace() {
    const dpr = this.#windowState.dpr;
    return {
      scrollTop: Math.round(window.scrollY * dpr),
      windowHeight: this.#windowState.deviceHeight,
      pageWidth: this.#windowState.deviceWidth,
      pageHeight: this.#pageHeight,
    };
  }

  #handleScroll(ended) {
    if (this.#area !== null && mustMove(this.#area, this.#currentPlace())) this.#move();
    if ('onscrollend' in window) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(ended, SCROLL_END_MS);
  }

  #handleScrollEnd() {
    if (this.#area === null || !shouldCentre(this.#area, this.#currentPlace())) return;
    this.#centring = true;
    this.#move();
  }
}
