// What a service worker finds in a browser, in Node: its scope, caches, locks and a network. With it the worker's own modules run without
// a browser, thousands of times. Import them after installWorkerGlobals().

const MIME = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', json: 'application/json', html: 'text/html', svg: 'image/svg+xml' };

// `read(path)` returns the bytes of a file below `scope`, or undefined where the host has none.
export function installWorkerGlobals(scope, read) {
  const network = async (request) => {
    const { pathname } = new URL(typeof request === 'string' ? request : request.url);
    const path = decodeURIComponent(pathname).slice(new URL(scope).pathname.length);
    const bytes = read(path === '' || path.endsWith('/') ? `${path}index.html` : path);
    if (bytes === undefined) return new Response('missing', { status: 404 });
    return new Response(bytes, { headers: { 'content-type': MIME[path.split('.').at(-1)] ?? MIME.html } });
  };
  const globals = {
    self: { registration: { scope, waiting: null, installing: null } },
    caches: new Caches(),
    navigator: { locks: { request: (name, work) => work() } },
    fetch: network,
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

// As much of CacheStorage and Cache as the worker uses.
class Caches {
  #all = new Map();

  async open(name) {
    if (!this.#all.has(name)) this.#all.set(name, new KeptResponses());
    return this.#all.get(name);
  }

  async has(name) {
    return this.#all.has(name);
  }

  async delete(name) {
    return this.#all.delete(name);
  }

  async keys() {
    return [...this.#all.keys()];
  }
}

class KeptResponses {
  #all = new Map();

  async put(request, response) {
    this.#all.set(addressOf(request), { bytes: new Uint8Array(await response.arrayBuffer()), headers: new Headers(response.headers) });
  }

  async match(request) {
    const kept = this.#all.get(addressOf(request));
    return kept === undefined ? undefined : new Response(kept.bytes, { headers: kept.headers });
  }

  async matchAll() {
    return Promise.all([...this.#all.keys()].map((address) => this.match(address)));
  }

  async delete(request) {
    return this.#all.delete(addressOf(request));
  }

  async keys() {
    return [...this.#all.keys()].map((url) => ({ url }));
  }
}

function addressOf(request) {
  return typeof request === 'string' ? request : request.url;
}
