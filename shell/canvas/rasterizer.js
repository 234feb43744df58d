// Draws words with the browser's text engine and puts them into WebGL textures. Pixels are never read back: browsers that protect
// against fingerprinting falsify them.

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

// Smoothing reaches past the outline that the browser reports.
const PADDING = 1;

const decoder = new TextDecoder();

// One run of a batch; a view, so it is valid only during the call.
class Run {
  #memory;
  #fields;

  constructor(memory, fields) {
    this.#memory = memory;
    this.#fields = fields;
  }

  get(field) {
    return this.#fields[field];
  }

  get text() {
    const begin = this.#fields[TEXT] >>> 0;
    return decoder.decode(this.#memory.subarray(begin, begin + (this.#fields[TEXT_LENGTH] >>> 0)));
  }

  setBox(left, top, width, height) {
    this.#fields.set([left, top, width, height], BOX_LEFT);
  }
}

export class Rasterizer {
  #scratch;
  #gl;

  constructor(scratch, gl) {
    this.#scratch = scratch;
    this.#gl = gl;
  }

  // Writes the pixels that each run may touch, relative to its pen.
  measureInk(memory, styles, pointer, count) {
    for (const run of this.#styledRuns(memory, styles, pointer, count)) {
      const ink = this.#scratch.context.measureText(run.text);
      const left = Math.floor(-ink.actualBoundingBoxLeft);
      const right = Math.ceil(ink.actualBoundingBoxRight);
      const top = Math.floor(-ink.actualBoundingBoxAscent);
      const bottom = Math.ceil(ink.actualBoundingBoxDescent);
      if (right <= left || bottom <= top) run.setBox(0, 0, 0, 0);
      else run.setBox(left - PADDING, top - PADDING, right - left + 2 * PADDING, bottom - top + 2 * PADDING);
    }
  }

  // Draws a batch and uploads it in one piece.
  rasterize(memory, texture, styles, pointer, count, [x, y, width, height]) {
    this.#scratch.prepare(width, height);
    for (const run of this.#styledRuns(memory, styles, pointer, count)) this.#draw(run);
    this.#upload(texture, x, y, width, height);
  }

  *#styledRuns(memory, styles, pointer, count) {
    const lines = styles.split('\n').map((line) => line.split('\t'));
    let current = -1;
    for (let i = 0; i < count; i += 1) {
      const fields = new Int32Array(memory.buffer, pointer + i * FIELDS * 4, FIELDS);
      if (fields[STYLE] !== current) {
        current = fields[STYLE];
        const [font, language, direction, color] = lines[current];
        this.#scratch.setStyle(font, language, direction);
        this.#scratch.context.fillStyle = color;
      }
      yield new Run(memory, fields);
    }
  }

  #draw(run) {
    const { context } = this.#scratch;
    if (run.get(NEEDS_CLIP) === 0) {
      context.fillText(run.text, run.get(PEN_X), run.get(PEN_Y));
      return;
    }
    context.save();
    context.beginPath();
    context.rect(run.get(BOX_LEFT), run.get(BOX_TOP), run.get(BOX_WIDTH), run.get(BOX_HEIGHT));
    context.clip();
    context.fillText(run.text, run.get(PEN_X), run.get(PEN_Y));
    context.restore();
  }

  #upload(texture, x, y, width, height) {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    // A canvas is premultiplied already; anything else would be a conversion and a loss.
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, this.#scratch.canvas);
    // Dear ImGui's renderer relies on the defaults.
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }
}
