// The one door to the WebAssembly program: starts it, wraps its exports, and gives it what it imports (program_imports.js).

import { CONTRACT_VERSION, THEME_KINDS } from '#constants';
import { pause } from './time_slicing.js';
import { ProgramImports } from './program_imports.js';

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
  // `code` is 'no-wasm', 'no-webgl2', 'contract-mismatch' or 'load-failed'.
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
}

// Rejects with a BridgeError; then nothing has been changed but that the canvas may have a context. `host` is {showPage(message),
// perform(effects), requestFrame(), crashed(error)}; the first two get parsed JSON (src/browser/messages.h). They are called in
// the middle of a call into the program and may call it again, except for crashed(), after which the bridge does nothing.
export async function createBridge({ canvas, wasmUrl, host }) {
  if (typeof WebAssembly !== 'object') throw new BridgeError('no-wasm', 'WebAssembly is not available');
  const gl = canvas.getContext('webgl2', CONTEXT_OPTIONS);
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

async function loadProgram(wasmUrl, imports) {
  let program;
  try {
    program = (await instantiate(wasmUrl, imports.modules)).instance.exports;
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

// Compiled while it streams; hosts that do not know the type of .wasm files cost the whole download first.
async function instantiate(url, modules) {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.instantiateStreaming(response, modules);
  return WebAssembly.instantiate(await response.arrayBuffer(), modules);
}

// ---- Into the program ----------------------------------------------------------------------------------------------------

class Bridge {
  #program;
  #imports;
  #isStarted = false;

  constructor(program, imports) {
    this.#program = program;
    this.#imports = imports;
  }

  // {path, bundleUrl, postUrl, postIntegrity, localStore, viewport: {width, height, dpr, textScale, scrollBar, minFont}, theme, lines
  // (browser_line_reader.js)}. Once, before all others.
  start(options) {
    if (this.#isStarted) throw new Error('the program is already started');
    this.#isStarted = true;
    this.#callWithJson('octavo_start', options);
  }

  // Does the next piece of what the first page needs: its layout, then the words of its first frame. True when there is more.
  work() {
    return this.#imports.prepareRenderer() || this.#call('octavo_work') > 0;
  }

  // {type: 'link_followed', path}, {type: 'history_moved', path, scrollY}, {type: 'action', action} or
  // {type: 'conversation', page, likes, blocks}.
  event(event) {
    this.#callWithJson('octavo_event', event);
  }

  // The answer to a fetch effect; exactly one of the two. `reason` counts as FetchFailure in src/core/reader/event.h.
  fetched(request, bytes) {
    this.#callWithBytes(bytes, (pointer, length) => this.#program.octavo_fetched(request, pointer, length));
  }

  fetchFailed(request, reason, status) {
    this.#call('octavo_fetch_failed', request, reason, status);
  }

  // CSS pixels. Anything but another height is answered by showPage with `relayout`.
  resize({ width, height, dpr, textScale, scrollBar, minFont }) {
    this.#call('octavo_resize', width, height, dpr, textScale, scrollBar, minFont);
  }

  // One of THEME_KINDS.
  theme(kind) {
    this.#call('octavo_theme', indexIn(THEME_KINDS, kind));
  }

  // The slice of the page that the canvas covers, in device pixels; width and height are the canvas's own.
  canvasArea(top, width, height) {
    this.#call('octavo_canvas_area', top, width, height);
  }

  // Paints once.
  frame(now) {
    this.#call('octavo_frame', now);
  }

  // Device pixels on the page; `kind` is 'move', 'down', 'up' or 'leave'.
  pointer(x, y, kind) {
    this.#call('octavo_pointer', x, y, indexIn(POINTER_KINDS, kind));
  }

  // Index into the `targets` of the page shown last; -1 = none.
  focus(target) {
    this.#call('octavo_focus', target ?? -1);
  }

  // The page layer shows this block itself: it is not painted until the next showPage.
  hideBlock(blockId) {
    this.#call('octavo_hide_block', blockId);
  }

  // Where layout has the block end on the page, in device pixels.
  blockBottom(blockId) {
    return this.#call('octavo_block_bottom', blockId) ?? 0;
  }

  contextLost() {
    this.#call('octavo_context_lost');
  }

  contextRestored() {
    this.#call('octavo_context_restored');
  }

  // Other fonts have arrived: everything is measured anew and answered by showPage with `relayout`.
  fontsChanged() {
    this.#imports.forgetFonts();
    this.#call('octavo_fonts_changed');
  }

  // Every later call does nothing.
  destroy() {
    this.#imports.destroy();
  }

  #call(name, ...numbers) {
    return this.#guarded(() => this.#program[name](...numbers));
  }

  #callWithJson(name, value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    this.#callWithBytes(bytes, (pointer, length) => this.#program[name](pointer, length));
  }

  #callWithBytes(bytes, call) {
    this.#guarded(() => {
      const pointer = this.#program.octavo_alloc(bytes.length);
      new Uint8Array(this.#program.memory.buffer).set(bytes, pointer);
      call(pointer, bytes.length);
      this.#program.octavo_free(pointer);
    });
  }

  // A trap leaves the program's memory in an unknown state, so nothing is called after one.
  #guarded(call) {
    if (this.#imports.isOver) return;
    if (!this.#isStarted) throw new Error('the program is not started');
    try {
      return call();
    } catch (error) {
      this.#imports.fail(error);
    }
  }
}

function indexIn(names, name) {
  const index = names.indexOf(name);
  if (index < 0) throw new RangeError(`${name} is none of ${names.join(', ')}`);
  return index;
}
