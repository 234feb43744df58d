// A hidden 2D canvas on which text is measured and drawn with the same settings, so that both agree to the pixel.

export class ScratchCanvas {
  #canvas = document.createElement('canvas');
  /** @type {CanvasRenderingContext2D} */
  #context;
  #font = '';
  #language = '';
  #direction = '';

  constructor() {
    // The browser keeps its pixels in main memory, so uploading them needs no copy back from the GPU.
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('there is no 2D canvas');
    this.#context = context;
    // It is in the document so that the document's fonts apply and, where the context has no `lang`, the element's language.
    this.#canvas.hidden = true;
    this.#canvas.setAttribute('aria-hidden', 'true');
    document.body.append(this.#canvas);
    this.#canvas.width = 1;
    this.#canvas.height = 1;
    this.#reset();
  }

  get canvas() {
    return this.#canvas;
  }

  get context() {
    return this.#context;
  }

  // Makes the canvas at least this large, and clears as much of it.
  /** @type {(width: number, height: number) => void} */
  prepare(width, height) {
    if (this.#canvas.width < width || this.#canvas.height < height) {
      this.#canvas.width = Math.max(this.#canvas.width, width);
      this.#canvas.height = Math.max(this.#canvas.height, height);
      this.#reset();
    }
    this.#context.clearRect(0, 0, width, height);
  }

  // Setting a value again that is set already costs the browser a style calculation.
  /** @type {(font: string, language: string, direction: CanvasDirection) => void} */
  setStyle(font, language, direction) {
    if (language !== this.#language) {
      this.#language = language;
      const target = 'lang' in this.#context ? /** @type {{ lang: string }} */ (this.#context) : this.#canvas;
      target.lang = language;
      // Kana are set solid: layout puts them side by side, so no pair of them may be kerned (reader.css has the same).
      this.#context.fontKerning = /^ja\b/.test(language) ? 'none' : 'auto';
      this.#font = '';
    }
    if (font !== this.#font) {
      this.#font = font;
      this.#context.font = font;
    }
    if (direction !== this.#direction) {
      this.#direction = direction;
      this.#context.direction = direction;
    }
  }

  // Other fonts have arrived: the same font text may mean another font now.
  forgetFont() {
    this.#font = '';
    this.#context.font = '10px serif';
  }

  remove() {
    this.#canvas.remove();
  }

  // Resizing a canvas resets all of its context's state.
  #reset() {
    this.#font = '';
    this.#language = '';
    this.#direction = '';
    const context = this.#context;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fontKerning = 'auto';
    // The widths of the page layer's text, which is set with the same property (reader.css).
    context.textRendering = 'geometricPrecision';
  }
}
