// The runs that the program wants measured or drawn, read from its memory. A run is a view, so it is valid only during the call.

// Fields of RasterRun in src/browser/imports.h, in 32-bit words.
const FIELDS = 10;
const TEXT = 0;
const TEXT_LENGTH = 1;
const STYLE = 2;
const PEN_X = 3;
const PEN_Y = 4;
const BOX_LEFT = 5;
const BOX_TOP = 6;
const BOX_WIDTH = 7;
const BOX_HEIGHT = 8;
const NEEDS_CLIP = 9;

// A text may begin with U+FEFF.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

class Run {
  #memory;
  #fields;

  /** @param {WebAssembly.Memory} memory @param {Int32Array} fields */
  constructor(memory, fields) {
    this.#memory = memory;
    this.#fields = fields;
  }

  get text() {
    return decoder.decode(new Uint8Array(this.#memory.buffer, this.#fields[TEXT] >>> 0, this.#fields[TEXT_LENGTH] >>> 0));
  }

  // Index into the styles of the batch.
  get style() {
    return this.#fields[STYLE];
  }

  /** @returns {[x: number, y: number]} */
  get pen() {
    return [this.#fields[PEN_X], this.#fields[PEN_Y]];
  }

  /** @returns {[left: number, top: number, width: number, height: number]} */
  get box() {
    return [this.#fields[BOX_LEFT], this.#fields[BOX_TOP], this.#fields[BOX_WIDTH], this.#fields[BOX_HEIGHT]];
  }

  get needsClip() {
    return this.#fields[NEEDS_CLIP] !== 0;
  }

  /** @type {(left: number, top: number, width: number, height: number) => void} */
  setBox(left, top, width, height) {
    this.#fields.set([left, top, width, height], BOX_LEFT);
  }
}

/** @type {(memory: WebAssembly.Memory, pointer: number, count: number) => Generator<Run>} */
export function* readRuns(memory, pointer, count) {
  for (let i = 0; i < count; i += 1) yield new Run(memory, new Int32Array(memory.buffer, pointer + i * FIELDS * 4, FIELDS));
}
