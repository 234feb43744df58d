// Draws words with the browser's text engine and puts them into WebGL textures. Pixels are never read back: browsers that protect
// against fingerprinting falsify them.

/** @import { ScratchCanvas } from './scratch_canvas.js' */
/** @typedef {[left: number, top: number, width: number, height: number]} Box */
/**
 * A run of a batch (shell/program/raster_runs.js). `box` is its clip, `style` an index into the batch's styles.
 * @typedef {{
 *   readonly text: string, readonly style: number, readonly pen: [x: number, y: number], readonly box: Box, readonly needsClip: boolean,
 *   setBox(left: number, top: number, width: number, height: number): void,
 * }} Run
 */

// Smoothing reaches past the outline that the browser reports.
const PADDING = 1;

export class Rasterizer {
  #scratch;
  #gl;

  /** @param {ScratchCanvas} scratch @param {WebGL2RenderingContext} gl */
  constructor(scratch, gl) {
    this.#scratch = scratch;
    this.#gl = gl;
  }

  // Writes the pixels that each run may touch, relative to its pen.
  /** @type {(styles: string, runs: Iterable<Run>) => void} */
  measureInk(styles, runs) {
    for (const run of this.#withStyles(styles, runs)) {
      const ink = this.#scratch.context.measureText(run.text);
      const left = Math.floor(-ink.actualBoundingBoxLeft);
      const right = Math.ceil(ink.actualBoundingBoxRight);
      const top = Math.floor(-ink.actualBoundingBoxAscent);
      const bottom = Math.ceil(ink.actualBoundingBoxDescent);
      if (right <= left || bottom <= top) run.setBox(0, 0, 0, 0);
      else run.setBox(left - PADDING, top - PADDING, right - left + 2 * PADDING, bottom - top + 2 * PADDING);
    }
  }

  // Draws a batch and uploads it at once, into the given box of the texture.
  /** @type {(texture: WebGLTexture | null, styles: string, runs: Iterable<Run>, box: Box) => void} */
  rasterize(texture, styles, runs, box) {
    this.#scratch.prepare(box[2], box[3]);
    for (const run of this.#withStyles(styles, runs)) this.#draw(run);
    this.#upload(texture, box);
  }

  // Yields the runs, each when its style is set.
  /** @type {(styles: string, runs: Iterable<Run>) => Generator<Run>} */
  *#withStyles(styles, runs) {
    const lines = styles.split('\n').map((line) => line.split('\t'));
    let current = -1;
    for (const run of runs) {
      if (run.style !== current) {
        current = run.style;
        const [font, language, direction, color] = lines[current];
        this.#scratch.setStyle(font, language, /** @type {CanvasDirection} */ (direction));
        this.#scratch.context.fillStyle = color;
      }
      yield run;
    }
  }

  /** @type {(run: Run) => void} */
  #draw(run) {
    const { context } = this.#scratch;
    if (!run.needsClip) {
      context.fillText(run.text, ...run.pen);
      return;
    }
    context.save();
    context.beginPath();
    context.rect(...run.box);
    context.clip();
    context.fillText(run.text, ...run.pen);
    context.restore();
  }

  /** @type {(texture: WebGLTexture | null, box: Box) => void} */
  #upload(texture, [x, y, width, height]) {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    // A canvas is premultiplied already; anything else would need a lossy conversion.
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, this.#scratch.canvas);
    // Dear ImGui's renderer relies on the defaults.
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }
}
