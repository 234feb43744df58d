// Asks the browser for animation frames, one at a time, and does the steps of a frame in their order.

export class Frames {
  #steps;
  #isRequested = false;
  #isResized = false;

  // `resize` is called first, in a frame after the window's size has changed; then `place` puts the canvas where it has to be.
  /** @param {{ resize: () => void, place: () => void, paint: (now: number) => void }} steps */
  constructor(steps) {
    this.#steps = steps;
  }

  request() {
    if (this.#isRequested) return;
    this.#isRequested = true;
    requestAnimationFrame((now) => this.run(now));
  }

  requestResize() {
    this.#isResized = true;
    this.request();
  }

  /** @type {(now: number) => void} */
  run(now) {
    const isResized = this.#isResized;
    this.#isResized = false;
    if (isResized) this.#steps.resize();
    this.#steps.place();
    // Requests made until now get this frame; requests made while painting get the next one.
    this.#isRequested = false;
    this.#steps.paint(now);
  }
}
