// What the program imports, exactly the functions of src/browser/imports.h: an object for WebAssembly.instantiate(). No exception
// may pass through the program's frames, because its stack would not be unwound.

/** @import { BridgeHost } from './messages.d.ts' */

import { COMMAND_FIELDS, GlRenderer } from '../canvas/gl_renderer.js';
import { parseHtml } from './html_parser.js';
import { Rasterizer } from '../canvas/rasterizer.js';
import { readRuns } from './raster_runs.js';
import { ScratchCanvas } from '../canvas/scratch_canvas.js';
import { TextMeasurer } from '../canvas/text_measurer.js';

const encoder = new TextEncoder();
// A text may begin with U+FEFF.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

// The C library's abort(), for example when memory has run out.
/** @type {(code: number) => never} */
function stop(code) {
  throw new WebAssembly.RuntimeError(`the program has ended with code ${code}`);
}

export class ProgramImports {
  isOver = false;
  #host;
  /** @type {WebAssembly.Memory | null} */
  #memory = null;
  #scratch = new ScratchCanvas();
  #measurer = new TextMeasurer(this.#scratch);
  #renderer;
  #rasterizer;
  #answer = new Uint8Array(0);

  /** @param {WebGL2RenderingContext} gl @param {BridgeHost} host */
  constructor(gl, host) {
    this.#host = host;
    this.#renderer = new GlRenderer(gl);
    this.#rasterizer = new Rasterizer(this.#scratch, gl);
  }

  // The program's memory, once the program has been instantiated.
  /** @param {WebAssembly.Memory} memory */
  set memory(memory) {
    this.#memory = memory;
  }

  get memory() {
    if (this.#memory === null) throw new Error('the program is not loaded');
    return this.#memory;
  }

  // What WebAssembly.instantiate() takes. The other modules are what Emscripten's library asks of any host.
  /** @returns {WebAssembly.Imports} */
  get modules() {
    return {
      octavo: Object.fromEntries(Object.entries(this.#functions()).map(([name, call]) => [`octavojs_${name}`, call])),
      env: { emscripten_notify_memory_growth() {} },
      wasi_snapshot_preview1: { proc_exit: stop },
    };
  }

  // Prepares the renderer for the first frame. Returns whether there was anything to do.
  prepareRenderer() {
    return !this.isOver && this.#renderer.prepare();
  }

  forgetFonts() {
    this.#scratch.forgetFont();
  }

  /** @type {(error: unknown) => void} */
  fail(error) {
    if (this.isOver) return;
    this.destroy();
    this.#tell(() => this.#host.crashed(error));
  }

  destroy() {
    this.isOver = true;
    this.#scratch.remove();
  }

  // Every argument and every result is a number of the WebAssembly interface.
  /** @returns {Record<string, (...numbers: number[]) => number | void>} */
  #functions() {
    return { ...this.#textFunctions(), ...this.#pixelFunctions(), ...this.#pageFunctions() };
  }

  /** @returns {Record<string, (...numbers: number[]) => number | void>} */
  #textFunctions() {
    return {
      measure: (font, fontLength, language, languageLength, words, wordsLength, widths, count) => {
        const texts = this.#text(words, wordsLength).split('\n');
        this.#measurer.measure(this.#text(font, fontLength), this.#text(language, languageLength), texts, this.#floats(widths, count));
      },
      metrics: (font, length, language, languageLength, out) =>
        this.#measurer.metrics(this.#text(font, length), this.#text(language, languageLength), this.#floats(out, 2)),
      segment: (text, length, language, languageLength, unit, offsets, capacity) => {
        const out = new Uint32Array(this.memory.buffer, offsets, capacity);
        return this.#measurer.segment(this.#text(text, length), this.#text(language, languageLength), unit, out);
      },
      parse_html: (html, length) => {
        this.#answer = encoder.encode(JSON.stringify(parseHtml(this.#text(html, length))));
        return this.#answer.length;
      },
      take_answer: (out) => {
        this.#bytes().set(this.#answer, out);
        this.#answer = new Uint8Array(0);
      },
    };
  }

  /** @returns {Record<string, (...numbers: number[]) => number | void>} */
  #pixelFunctions() {
    const renderer = this.#renderer;
    return {
      measure_ink: (styles, length, runs, count) =>
        this.#rasterizer.measureInk(this.#text(styles, length), readRuns(this.memory, runs, count)),
      rasterize: (texture, styles, length, runs, count, x, y, width, height) => {
        const batch = readRuns(this.memory, runs, count);
        this.#rasterizer.rasterize(renderer.texture(texture), this.#text(styles, length), batch, [x, y, width, height]);
      },
      max_texture_size: () => renderer.maxTextureSize(),
      create_texture: (width, height) => renderer.createTexture(width, height),
      delete_texture: (texture) => renderer.deleteTexture(texture),
      fill_texture: (texture, width, height, pixels) =>
        renderer.fillTexture(texture, width, height, this.#bytes(pixels, width * height * 4)),
      begin_frame: (width, height) => renderer.beginFrame(width, height),
      draw: (vertices, verticesSize, indices, indicesSize, commands, count) =>
        renderer.draw(this.#bytes(vertices, verticesSize), this.#bytes(indices, indicesSize), this.#commands(commands, count)),
      drop_device_objects: () => renderer.dropDeviceObjects(),
    };
  }

  /** @returns {Record<string, (...numbers: number[]) => number | void>} */
  #pageFunctions() {
    return {
      show_page: (json, length) => {
        const message = JSON.parse(this.#text(json, length));
        this.#tell(() => this.#host.showPage(message));
      },
      perform: (json, length) => {
        const effects = JSON.parse(this.#text(json, length));
        this.#tell(() => this.#host.perform(effects));
      },
      request_frame: () => this.#tell(() => this.#host.requestFrame()),
      crashed: (message, length) => this.fail(new Error(this.#text(message, length))),
    };
  }

  // Memory may grow between two calls, so each call gets a new view.
  /** @type {(pointer?: number, length?: number) => Uint8Array<ArrayBuffer>} */
  #bytes(pointer = 0, length = undefined) {
    return new Uint8Array(/** @type {ArrayBuffer} */ (this.memory.buffer), pointer, length);
  }

  /** @type {(pointer: number, count: number) => Float32Array} */
  #floats(pointer, count) {
    return new Float32Array(this.memory.buffer, pointer, count);
  }

  /** @type {(pointer: number, count: number) => Int32Array} */
  #commands(pointer, count) {
    return new Int32Array(this.memory.buffer, pointer, count * COMMAND_FIELDS);
  }

  /** @type {(pointer: number, length: number) => string} */
  #text(pointer, length) {
    return decoder.decode(this.#bytes(pointer, length));
  }

  /** @type {(call: () => void) => void} */
  #tell(call) {
    try {
      call();
    } catch (error) {
      // This is an error of the page, not of the program. It is reported like any uncaught error.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
