// What the program imports, one for one the functions of src/browser/imports.h: an object for WebAssembly.instantiate(). No exception
// may pass through the program's frames, for its stack would stay as it was.

import { COMMAND_FIELDS, GlRenderer } from '../canvas/gl_renderer.js';
import { parseHtml } from './html_parser.js';
import { Rasterizer } from '../canvas/rasterizer.js';
import { ScratchCanvas } from '../canvas/scratch_canvas.js';
import { TextMeasurer } from '../canvas/text_measurer.js';

const MAX_NUMBER_BYTES = 32;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// The C library's abort(), where memory has run out for example.
function stop(code) {
  throw new WebAssembly.RuntimeError(`the program has ended with code ${code}`);
}

export class ProgramImports {
  isOver = false;
  #host;
  #memory = null;
  #scratch = new ScratchCanvas();
  #measurer = new TextMeasurer(this.#scratch);
  #renderer;
  #rasterizer;
  #answer = new Uint8Array(0);

  // `host` as createBridge() takes it.
  constructor(gl, host) {
    this.#host = host;
    this.#renderer = new GlRenderer(gl);
    this.#rasterizer = new Rasterizer(this.#scratch, gl);
  }

  // The program's own memory, once there is a program.
  set memory(memory) {
    this.#memory = memory;
  }

  // What WebAssembly.instantiate() takes. The other modules are what Emscripten's library asks of any host.
  get modules() {
    return {
      octavo: Object.fromEntries(Object.entries(this.#functions()).map(([name, call]) => [`octavojs_${name}`, call])),
      env: { emscripten_notify_memory_growth() {} },
      wasi_snapshot_preview1: { proc_exit: (code) => stop(code) },
    };
  }

  // Before the first frame needs it; returns whether there was anything to do.
  prepareRenderer() {
    return !this.isOver && this.#renderer.prepare();
  }

  forgetFonts() {
    this.#scratch.forgetFont();
  }

  fail(error) {
    if (this.isOver) return;
    this.destroy();
    this.#tell(() => this.#host.crashed(error));
  }

  destroy() {
    this.isOver = true;
    this.#scratch.remove();
  }

  #functions() {
    const renderer = this.#renderer;
    return {
      measure: (font, fontLength, language, languageLength, words, wordsLength, widths, count) => {
        const texts = this.#text(words, wordsLength).split('\n');
        this.#measurer.measure(this.#text(font, fontLength), this.#text(language, languageLength), texts, this.#floats(widths, count));
      },
      metrics: (font, length, language, languageLength, out) =>
        this.#measurer.metrics(this.#text(font, length), this.#text(language, languageLength), this.#floats(out, 2)),
      segment: (text, length, language, languageLength, unit, offsets, capacity) => {
        const out = new Uint32Array(this.#memory.buffer, offsets, capacity);
        return this.#measurer.segment(this.#text(text, length), this.#text(language, languageLength), unit, out);
      },

      measure_ink: (styles, length, runs, count) =>
        this.#rasterizer.measureInk(this.#bytes(), this.#text(styles, length), runs, count),
      rasterize: (texture, styles, length, runs, count, x, y, width, height) => {
        const area = [x, y, width, height];
        this.#rasterizer.rasterize(this.#bytes(), renderer.texture(texture), this.#text(styles, length), runs, count, area);
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

      parse_html: (html, length) => {
        this.#answer = encoder.encode(JSON.stringify(parseHtml(this.#text(html, length))));
        return this.#answer.length;
      },
      take_answer: (out) => {
        this.#bytes().set(this.#answer, out);
        this.#answer = new Uint8Array(0);
      },

      number: (text, length) => Number(this.#text(text, length)),
      number_text: (number, out) => encoder.encodeInto(String(number), this.#bytes(out, MAX_NUMBER_BYTES)).written,

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

  // Memory may grow between two calls, so a view is made for each.
  #bytes(pointer = 0, length = undefined) {
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  #floats(pointer, count) {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }

  #commands(pointer, count) {
    return new Int32Array(this.#memory.buffer, pointer, count * COMMAND_FIELDS);
  }

  #text(pointer, length) {
    return decoder.decode(this.#bytes(pointer, length));
  }

  #tell(call) {
    try {
      call();
    } catch (error) {
      // A mistake of the page, not of the program: reported as any uncaught error.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
