// A web host that misbehaves on demand: it serves built sites, swaps them whole or file by file, and lets a test decide what happens to
// single requests. It remembers what was asked for and how many bytes went out.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { COMMAND, NOW, READER_FILES } from './sample_site.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
// `quality` of Brotli, 0 = uncompressed. `base` is the path that the site is below.
export async function startFaultyHost({ quality = 0, base = '/' } = {}) {
  const host = new FaultyHost(quality, base);
  await host.start();
  return host;
}

class FaultyHost {
  #quality;
  #server;
  #built = new Map();
  #compressed = new Map();
  #work;
  files = new Map(); // path below the host's root -> bytes
  // (request, path, send) -> true when it has taken care of the request; `send(bytes, {status, headers})` answers.
  fault = () => false;
  log = []; // {path, status, bytes}
  isDown = false;

  constructor(quality, base) {
    this.#quality = quality;
    this.base = base;
  }

  async start() {
    this.#work = await mkdtemp(join(tmpdir(), 'octavo-host-'));
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}${this.base}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#work, { recursive: true, force: true });
  }

  // As it was in the beginning: nothing deployed, nothing wrong.
  reset() {
    this.files.clear();
    this.fault = () => false;
    this.log = [];
    this.isDown = false;
  }

  // Builds a blog: `posts` = {slug: markdown}; `settings` are lines of octavo.toml; `readerFiles` is the folder of another reader. Resolves to
  // its files, which are built once.
  async build(blog) {
    const key = JSON.stringify([this.base, blog]);
    if (!this.#built.has(key)) this.#built.set(key, await this.#build(blog));
    return new Map(this.#built.get(key));
  }

  async #build({ posts, settings = '', extra = {}, flags = [], readerFiles }) {
    const content = await mkdtemp(join(this.#work, 'content-'));
    await writeFile(join(content, 'octavo.toml'), settings);
    await mkdir(join(content, 'content'));
    for (const [slug, text] of Object.entries(posts)) await writeFile(join(content, 'content', `${slug}.md`), text);
    for (const [name, bytes] of Object.entries(extra)) await writeFile(join(content, 'content', name), bytes);
    return this.buildFolder(content, flags, readerFiles);
  }

  async buildFolder(content, flags = [], readerFiles = READER_FILES) {
    const out = join(await mkdtemp(join(this.#work, 'built-')), 'site');
    await promisify(execFile)(COMMAND, ['build', content, '--out', out, '--reader-files', readerFiles, '--now', NOW, '--quiet', ...flags], {
      maxBuffer: 1 << 26,
    }).catch((error) => {
      if (error.code !== 1) throw error; // 1: problems in the content, which is published all the same
    });
    const files = new Map();
    for (const name of await readdir(out, { recursive: true })) {
      if ((await stat(join(out, name))).isFile()) files.set(this.base.slice(1) + name, await readFile(join(out, name)));
    }
    return files;
  }

  // The whole site at once, as hosts with atomic deployments do it.
  deploy(files) {
    for (const path of [...this.files.keys()]) if (path.startsWith(this.base.slice(1))) this.files.delete(path);
    for (const [path, bytes] of files) this.files.set(path, bytes);
  }

  paths() {
    return this.log.map(({ path }) => path);
  }

  bytes() {
    return this.log.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname.slice(1));
    if (this.isDown) {
      request.socket.destroy();
      return;
    }
    const send = (bytes, options) => this.#send(request, response, path, bytes, options);
    if (this.fault(request, path, send, response)) return;
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const bytes = this.files.get(file);
    if (bytes !== undefined) send(bytes, { headers: { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' } });
    else if (this.files.has(`${file}/index.html`)) send(Buffer.alloc(0), { status: 301, headers: { location: `/${file}/` } });
    else send(this.files.get(`${this.base.slice(1)}404.html`) ?? Buffer.from('missing'), { status: 404, headers: { 'content-type': TYPES['.html'] } });
  }

  #send(request, response, path, bytes, { status = 200, headers = {} } = {}) {
    const isImmutable = /\.[0-9a-f]{8,12}\.\w+$/.test(path);
    const all = {
      'cache-control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': this.#policy(),
      ...headers,
    };
    const mayCompress = this.#quality > 0 && bytes.length > 200 && !/image\/png/.test(all['content-type'] ?? '');
    let body = bytes;
    if (mayCompress && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
      body = this.#brotli(bytes);
      all['content-encoding'] = 'br';
    }
    const etag = `"${bytes.length}-${fingerprint(bytes)}"`;
    all.etag = etag;
    const isUnchanged = status === 200 && request.headers['if-none-match'] === etag;
    if (isUnchanged) body = Buffer.alloc(0);
    else all['content-length'] = body.length;
    if (isUnchanged) delete all['content-encoding'];
    this.log.push({ path, status: isUnchanged ? 304 : status, bytes: body.length });
    response.writeHead(isUnchanged ? 304 : status, all);
    response.end(body);
  }

  // As a host does that reads the site's own _headers.
  #policy() {
    const [, rules] = [...this.files].find(([name]) => name.endsWith('_headers')) ?? [];
    return rules?.toString().match(/Content-Security-Policy: (.*)/)[1] ?? '';
  }

  #brotli(bytes) {
    const known = this.#compressed.get(bytes);
    if (known !== undefined) return known;
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: this.#quality, [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS };
    const compressed = brotliCompressSync(bytes, { params });
    this.#compressed.set(bytes, compressed);
    return compressed;
  }
}

function fingerprint(bytes) {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash.toString(16);
}
