// Starts the WebAssembly program of the reader, wraps its exports, and gives it what it imports (program_imports.js).

/** @import { ReaderExports } from './exports.d.ts' */
/** @import { BridgeHost, PointerKind, ReaderEvent, StartOptions, ThemeKind, Viewport } from './messages.d.ts' */

import { CONTRACT_VERSION, THEME_KINDS } from '#constants';
import { pause } from './time_slicing.js';
import { ProgramImports } from './program_imports.js';

/** @type {PointerKind[]} */
const POINTER_KINDS = ['move', 'down', 'up', 'leave'];

const CONTEXT_OPTIONS = {
  alpha: false,
  antialias: false,
  depth: false,
  stencil: false,
  preserveDrawingBuffer: false,
  powerPreference: 'low-power',
};

export class BridgeError extends Error {
  /**
   * @param {'no-wasm' | 'no-webgl2' | 'contract-mismatch' | 'load-failed'} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
}

// Rejects with a BridgeError; then nothing has changed, except that the canvas may have a context. After host.crashed() the bridge
// does nothing.
/** @type {(options: { canvas: HTMLCanvasElement, wasmUrl: string, host: BridgeHost }) => Promise<Bridge>} */
export async function createBridge({ canvas, wasmUrl, host }) {
  if (typeof WebAssembly !== 'object') throw new BridgeError('no-wasm', 'WebAssembly is not available');
  const gl = /** @type {WebGL2RenderingContext | null} */ (canvas.getContext('webgl2', CONTEXT_OPTIONS));
  if (gl === null) throw new BridgeError('no-webgl2', 'WebGL 2 is not available');
  await pause();
  const imports = new ProgramImports(gl, host);
  try {
    const program = await loadProgram(wasmUrl, imports);
    return new Bridge(program, imports);
  } catch (error) {
    imports.destroy();
    throw error;
  }
}

/** @type {(url: string, imports: ProgramImports) => Promise<ReaderExports>} */
async function loadProgram(url, imports) {
  /** @type {ReaderExports} */
  let program;
  try {
    const { instance } = await instantiate(url, imports.modules);
    program = /** @type {any} */ (instance.exports);
    imports.memory = program.memory;
    program._initialize();
  } catch (error) {
    throw new BridgeError('load-failed', 'the program could not be loaded', { cause: error });
  }
  const version = program.octavo_contract_version();
  if (version !== CONTRACT_VERSION) {
    throw new BridgeError('contract-mismatch', `the program has contract ${version}, the script ${CONTRACT_VERSION}`);
  }
  return program;
}

// Compiles while the file arrives. From hosts that do not know the type of .wasm files, it must arrive whole first.
/** @type {(url: string, modules: WebAssembly.Imports) => Promise<WebAssembly.WebAssemblyInstantiatedSource>} */
async function instantiate(url, modules) {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.instantiateStreaming(response, modules);
  return WebAssembly.instantiate(await response.arrayBuffer(), modules);
}

// ---- Into the program ----------------------------------------------------------------------------------------------------

export class Bridge {
  #program;
  #imports;
  #isStarted = false;

  /** @param {ReaderExports} program @param {ProgramImports} imports */
  constructor(program, imports) {
    this.#program = program;
    this.#imports = imports;
  }

  // Once, before all others.
  /** @type {(options: StartOptions) => void} */
  start(options) {
    if (this.#isStarted) throw new Error('the program is already started');
    this.#isStarted = true;
    this.#callWithJson('octavo_start', options);
  }

  // Does the next step of what the first page needs: its layout, then the words of its first frame. Returns whether there is more.
  work() {
    return this.#imports.prepareRenderer() || (this.#guarded(() => this.#program.octavo_work()) ?? 0) > 0;
  }

  /** @type {(event: ReaderEvent) => void} */
  event(event) {
    this.#callWithJson('octavo_event', event);
  }

  // Each fetch effect is answered by exactly one of the next two.
  /** @type {(request: number, bytes: Uint8Array) => void} */
  fetched(request, bytes) {
    this.#callWithBytes(bytes, (pointer, length) => this.#program.octavo_fetched(request, pointer, length));
  }

  // `reason` is a FetchFailure (site_files.js).
  /** @type {(request: number, reason: number, status: number) => void} */
  fetchFailed(request, reason, status) {
    this.#call('octavo_fetch_failed', request, reason, status);
  }

  // Everything except another height is answered by showPage with `relayout`.
  /** @type {(viewport: Viewport) => void} */
  resize({ width, height, dpr, textScale, scrollBar, minFont }) {
    this.#call('octavo_resize', width, height, dpr, textScale, scrollBar, minFont);
  }

  /** @type {(kind: ThemeKind) => void} */
  theme(kind) {
    this.#call('octavo_theme', indexIn(THEME_KINDS, kind));
  }

  // The part of the page that the canvas covers, in device pixels; width and height are the canvas's own.
  /** @type {(top: number, width: number, height: number) => void} */
  canvasArea(top, width, height) {
    this.#call('octavo_canvas_area', top, width, height);
  }

  // Paints once.
  /** @type {(now: number) => void} */
  frame(now) {
    this.#call('octavo_frame', now);
  }

  // Device pixels on the page.
  /** @type {(x: number, y: number, kind: PointerKind) => void} */
  pointer(x, y, kind) {
    this.#call('octavo_pointer', x, y, indexIn(POINTER_KINDS, kind));
  }

  // Index into the `targets` of the page shown last; -1 = none.
  /** @type {(target: number) => void} */
  focus(target) {
    this.#call('octavo_focus', target);
  }

  // The page layer shows this block's DOM text: the block is not painted until the next showPage.
  /** @type {(blockId: number) => void} */
  hideBlock(blockId) {
    this.#call('octavo_hide_block', blockId);
  }

  // Where the block ends on the page according to layout, in device pixels.
  /** @type {(blockId: number) => number} */
  blockBottom(blockId) {
    return this.#guarded(() => this.#program.octavo_block_bottom(blockId)) ?? 0;
  }

  contextLost() {
    this.#call('octavo_context_lost');
  }

  contextRestored() {
    this.#call('octavo_context_restored');
  }

  // Other fonts have arrived: everything is measured again and answered by showPage with `relayout`.
  fontsChanged() {
    this.#imports.forgetFonts();
    this.#call('octavo_fonts_changed');
  }

  // Every later call does nothing.
  destroy() {
    this.#imports.destroy();
  }

  /** @type {(name: Exclude<keyof ReaderExports, 'memory'>, ...numbers: number[]) => void} */
  #call(name, ...numbers) {
    const call = /** @type {(...numbers: number[]) => void} */ (this.#program[name]);
    this.#guarded(() => call(...numbers));
  }

  /** @type {(name: 'octavo_start' | 'octavo_event', value: StartOptions | ReaderEvent) => void} */
  #callWithJson(name, value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    this.#callWithBytes(bytes, (pointer, length) => this.#program[name](pointer, length));
  }

  /** @type {(bytes: Uint8Array, call: (pointer: number, length: number) => void) => void} */
  #callWithBytes(bytes, call) {
    this.#guarded(() => {
      const pointer = this.#program.octavo_alloc(bytes.length);
      new Uint8Array(this.#program.memory.buffer).set(bytes, pointer);
      call(pointer, bytes.length);
      this.#program.octavo_free(pointer);
    });
  }

  // A trap leaves the program's memory in an unknown state, so nothing is called after one.
  /** @type {<Result>(call: () => Result) => Result | undefined} */
  #guarded(call) {
    if (this.#imports.isOver) return undefined;
    if (!this.#isStarted) throw new Error('the program is not started');
    try {
      return call();
    } catch (error) {
      this.#imports.fail(error);
      return undefined;
    }
  }
}

/** @type {<Name extends string>(names: Name[], name: Name) => number} */
function indexIn(names, name) {
  const index = names.indexOf(name);
  if (index < 0) throw new RangeError(`${name} is not one of ${names.join(', ')}`);
  return index;
}
