// Calls the conversation's WebAssembly program: JSON in, JSON out.

/** @import { ParseHtml } from '../site/html_row.d.ts' */
/** @import { ConversationExports } from './exports.d.ts' */
/** @import { ConversationEffect, ConversationEvent } from './messages.d.ts' */

import { CONVERSATION_VERSION as VERSION } from '#constants';


const encoder = new TextEncoder();
// A text may begin with U+FEFF.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

// `response` has the program. `parseHtml` is the page's own (html_parser.js): a page may have one policy for markup only.
/** @type {(response: Response, parseHtml: ParseHtml) => Promise<Program>} */
export async function loadProgram(response, parseHtml) {
  const program = new Program(parseHtml);
  await program.load(response);
  return program;
}

export class Program {
  /** @type {ConversationExports | null} */
  #exports = null;
  #parseHtml;
  #answer = new Uint8Array(0);
  /** @type {ConversationEffect[]} */
  #effects = [];
  #isOver = false;

  /** @param {ParseHtml} parseHtml */
  constructor(parseHtml) {
    this.#parseHtml = parseHtml;
  }

  /** @param {Response} response */
  async load(response) {
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), this.#imports());
    const exports = /** @type {ConversationExports} */ (/** @type {unknown} */ (instance.exports));
    this.#exports = exports;
    exports._initialize();
    const version = exports.octavo_conversation_version();
    if (version !== VERSION) throw new Error(`the conversation's program is version ${version}, the script ${VERSION}`);
  }

  // Returns the effects. After a trap there are no more.
  /** @type {(event: ConversationEvent & { now: number }) => ConversationEffect[]} */
  handle(event) {
    if (this.#isOver) return [];
    const bytes = encoder.encode(JSON.stringify(event));
    this.#effects = [];
    try {
      const pointer = this.#loaded.octavo_alloc(bytes.length);
      this.#bytes().set(bytes, pointer);
      this.#loaded.octavo_conversation_event(pointer, bytes.length);
      this.#loaded.octavo_free(pointer);
    } catch (error) {
      this.#isOver = true;
      console.error('octavo: the conversation stopped:', error);
    }
    return this.#effects;
  }

  get #loaded() {
    if (this.#exports === null) throw new Error('the program of the conversation is not loaded');
    return this.#exports;
  }

  /** @returns {WebAssembly.Imports} */
  #imports() {
    /** @type {(code: number) => never} */
    const stop = (code) => {
      throw new WebAssembly.RuntimeError(`the conversation has ended with code ${code}`);
    };
    return {
      octavo: {
        /** @type {(html: number, length: number) => number} */
        octavojs_parse_html: (html, length) => {
          this.#answer = encoder.encode(JSON.stringify(this.#parseHtml(this.#text(html, length))));
          return this.#answer.length;
        },
        /** @type {(out: number) => void} */
        octavojs_take_answer: (out) => this.#bytes().set(this.#answer, out),
        /** @type {(json: number, length: number) => void} */
        octavojs_conversation: (json, length) => {
          this.#effects = JSON.parse(this.#text(json, length));
        },
        /** @type {(message: number, length: number) => void} */
        octavojs_crashed: (message, length) => console.error('octavo:', this.#text(message, length)),
      },
      env: { emscripten_notify_memory_growth() {} },
      wasi_snapshot_preview1: { proc_exit: stop },
    };
  }

  // Memory may grow between two calls, so a view is made for each.
  /** @param {number} pointer @param {number | undefined} length */
  #bytes(pointer = 0, length = undefined) {
    return new Uint8Array(this.#loaded.memory.buffer, pointer, length);
  }

  /** @type {(pointer: number, length: number) => string} */
  #text(pointer, length) {
    return decoder.decode(this.#bytes(pointer, length));
  }
}
