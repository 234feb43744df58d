// Replaces shell/program/bridge.js in the shell's own tests: pages come ready-made as JSON, painting clears the canvas, and everything
// that the shell calls is written down in `window.fake`.

const LINE_CSS = 30;

export async function createBridge({ canvas, host }) {
  if (typeof WebAssembly === 'undefined') throw Object.assign(new Error('no WebAssembly'), { code: 'no-wasm' });
  const gl = canvas.getContext('webgl2', { alpha: false });
  if (gl === null) throw Object.assign(new Error('no WebGL2'), { code: 'no-webgl2' });
  return new FakeBridge(gl, host);
}

class FakeBridge {
  #gl;
  #host;
  #viewport;
  #pending = new Map(); // request -> what to do with the page
  #page = null;
  #requests = 0;

  constructor(gl, host) {
    this.#gl = gl;
    this.#host = host;
    window.fake = { frames: 0, areas: [], hidden: [], focus: [], pointer: [], events: [], failures: [], themes: [], sizes: [], host };
  }

  start(options) {
    window.fake.options = options;
    this.#viewport = options.viewport;
    this.#request(options.path, { keepScroll: true, scrollY: 0 });
  }

  fetched(request, bytes) {
    const show = this.#pending.get(request);
    this.#page = JSON.parse(new TextDecoder().decode(bytes));
    this.#show(show);
  }

  fetchFailed(request, reason, status) {
    window.fake.failures.push({ reason, status });
  }

  event(event) {
    window.fake.events.push(event);
    if (event.type === 'link_followed') {
      const [path, fragment = ''] = event.path.split('#');
      this.#host.perform([{ type: 'push_address', path: event.path }]);
      this.#request(path, { scrollY: 0, fragment });
    } else if (event.type === 'history_moved') {
      this.#request(event.path, { scrollY: event.scrollY });
    } else if (event.action === 'crash') {
      this.#host.crashed(new Error('trap'));
    } else if (event.action === 'like') {
      this.#host.perform([
        { type: 'announce', text: 'Liked' },
        { type: 'store_item', key: 'liked', value: 'yes' },
      ]);
      this.#page = { ...this.#page, title: 'Liked' };
      this.#show({ keepScroll: true });
    }
  }

  resize(viewport) {
    window.fake.sizes.push(viewport);
    this.#viewport = viewport;
    if (this.#page !== null) this.#show({ relayout: true });
  }

  theme(kind) {
    window.fake.themes.push(kind);
    this.#host.requestFrame();
  }

  canvasArea(top, width, height) {
    window.fake.areas.push({ top, width, height });
    this.#host.requestFrame();
  }

  frame() {
    ++window.fake.frames;
    this.#gl.clearColor(0, 0.5, 0.25, 1);
    this.#gl.clear(this.#gl.COLOR_BUFFER_BIT);
  }

  pointer(x, y, kind) {
    window.fake.pointer.push({ x, y, kind });
  }

  focus(target) {
    window.fake.focus.push(target);
  }

  hideBlock(blockId) {
    window.fake.hidden.push(blockId);
  }

  work() {
    return false;
  }

  // The lines are in <main>, one below the other, with nothing between them.
  blockBottom(blockId) {
    const lines = this.#page.tree[3].slice(3);
    const index = lines.findIndex((line) => line[1] === blockId);
    return (index < 0 ? lines.length : index + 1) * LINE_CSS * this.#viewport.dpr;
  }

  contextLost() {
    window.fake.lost = true;
  }

  contextRestored() {
    this.#host.requestFrame();
  }

  fontsChanged() {}

  destroy() {}

  #request(path, show) {
    const request = ++this.#requests;
    this.#pending.set(request, show);
    this.#host.perform([{ type: 'fetch', request, url: `${path.split('#')[0]}page.json`, integrity: '' }]);
  }

  #show({ scrollY = 0, fragment = '', keepScroll = false, relayout = false }) {
    const { dpr, width } = this.#viewport;
    this.#host.showPage({
      ...this.#page,
      scrollY,
      fragment,
      keepScroll,
      relayout,
      dpr,
      width: Math.round(width * dpr),
      height: Math.round(this.#page.lines * LINE_CSS * dpr),
      columns: [],
      scrolled: [],
      targets: targetsOf(this.#page.tree),
      images: [],
      fields: [],
    });
  }
}

function targetsOf(node) {
  if (typeof node === 'string') return [];
  const [tag, , attributes, ...children] = node;
  if (tag === 'a') return [{ kind: 'link', url: attributes.href }];
  if (tag === 'button') return [{ kind: 'button', action: attributes['data-action'] }];
  return children.flatMap(targetsOf);
}
