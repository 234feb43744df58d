// The door to the conversation's WebAssembly program: JSON in, JSON out.

// As kConversationVersion in src/browser/conversation_program.cpp.
const VERSION = 3;
const MAX_NUMBER_BYTES = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// `response` has the program. `parseHtml` is the page's own (html_parser.js): a page may have one policy for markup only.
export async function loadProgram(response, parseHtml) {
  const program = new Program(parseHtml);
  await program.load(response);
  return program;
}

class Program {
  #exports = null;
  #parseHtml;
  #answer = new Uint8Array(0);
  #effects = [];
  #isOver = false;

  constructor(parseHtml) {
    this.#parseHtml = parseHtml;
  }

  async load(response) {
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), this.#imports());
    this.#exports = instance.exports;
    this.#exports._initialize();
    const version = this.#exports.octavo_conversation_version();
    if (version !== VERSION) throw new Error(`the conversation's program is version ${version}, the script ${VERSION}`);
  }

  // Returns the effects. After a trap there are none any more.
  handle(event) {
    if (this.#isOver) return [];
    const bytes = encoder.encode(JSON.stringify(event));
    this.#effects = [];
    try {
      const pointer = this.#exports.octavo_alloc(bytes.length);
      this.#bytes().set(bytes, pointer);
      this.#exports.octavo_conversation_event(pointer, bytes.length);
      this.#exports.octavo_free(pointer);
    } catch (error) {
      this.#isOver = true;
      console.error('octavo: the conversation stopped:', error);
    }
    return this.#effects;
  }

  #imports() {
    const stop = (code) => {
      throw new WebAssembly.RuntimeError(`the conversation has ended with code ${code}`);
    };
    return {
      octavo: {
        octavojs_parse_html: (html, length) => {
          this.#answer = encoder.encode(JSON.stringify(this.#parseHtml(this.#text(html, length))));
          return this.#answer.length;
        },
        octavojs_take_answer: (out) => this.#bytes().set(this.#answer, out),
        octavojs_number: (text, length) => Number(this.#text(text, length)),
        octavojs_number_text: (number, out) => encoder.encodeInto(String(number), this.#bytes(out, MAX_NUMBER_BYTES)).written,
        octavojs_conversation: (json, length) => {
          this.#effects = JSON.parse(this.#text(json, length));
        },
        octavojs_crashed: (message, length) => console.error('octavo:', this.#text(message, length)),
      },
      env: { emscripten_notify_memory_growth() {} },
      wasi_snapshot_preview1: { proc_exit: stop },
    };
  }

  // Memory may grow between two calls, so a view is made for each.
  #bytes(pointer = 0, length = undefined) {
    return new Uint8Array(this.#exports.memory.buffer, pointer, length);
  }

  #text(pointer, length) {
    return decoder.decode(this.#bytes(pointer, length));
  }
}
