// Static hosts as they treat a folder, from what they document: Netlify and Cloudflare Pages with the site's own `_headers` and
// `_redirects`, and a plain host that knows neither, such as GitHub Pages.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'application/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  xml: 'application/xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
};

const REVALIDATED = 'public, max-age=0, must-revalidate';
// `joins`: two rules that set the same header are joined by a comma, otherwise the later one counts.
export const HOSTS = {
  netlify: { readsRules: true, joins: true, cache: REVALIDATED, rules: Infinity, line: Infinity, redirects: Infinity },
  cloudflare: { readsRules: true, joins: true, cache: REVALIDATED, rules: 100, line: 2000, redirects: 2000, hasBareNames: true },
  plain: { readsRules: false, cache: 'max-age=600' },
};

// Serves `folder` below `base` as the named host does. Returns {url, requests, stop()}.
export async function startHost(name, folder, base = '/') {
  const host = HOSTS[name];
  const headerRules = host.readsRules ? parseHeaders(await readFile(join(folder, '_headers'), 'utf8'), host) : [];
  const redirects = host.readsRules ? parseRedirects(await readText(join(folder, '_redirects')), host) : new Map();
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    requests.push(path);
    const answer = await answerFor(path, { host, folder, base, redirects });
    const headers = { 'cache-control': host.cache, ...answer.headers };
    for (const [header, values] of headersFor(headerRules, path, host)) headers[header] = values.join(', ');
    response.writeHead(answer.status, headers);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerFor(path, { host, folder, base, redirects }) {
  if (!path.startsWith(base)) return { status: 404, headers: { 'content-type': TYPES.txt }, body: 'not this site' };
  if (redirects.has(path)) return { status: 301, headers: { location: redirects.get(path) } };
  const below = path.slice(base.length);
  // What begins with '_' in the root is for the host, not for readers.
  const isOwn = host.readsRules && /^_(headers|redirects)$/.test(below);
  const file = below === '' || below.endsWith('/') ? `${below}index.html` : below;
  const found = isOwn ? null : await fileAt(join(folder, file));
  if (found === 'folder') return { status: 301, headers: { location: `${path}/` } };
  if (found !== null && host.hasBareNames && file === below && file.endsWith('.html')) {
    return { status: 308, headers: { location: path.replace(/(index)?\.html$/, '') } };
  }
  if (found !== null) return { status: 200, headers: typeOf(file), body: found };
  const bare = host.hasBareNames && below !== '' ? await fileAt(join(folder, `${below}.html`)) : null;
  if (bare !== null && bare !== 'folder') return { status: 200, headers: typeOf('.html'), body: bare };
  // Without this file Cloudflare Pages sends the root page and says 200.
  return { status: 404, headers: typeOf('.html'), body: await readFile(join(folder, '404.html')) };
}

function typeOf(file) {
  return { 'content-type': TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream' };
}

async function fileAt(path) {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'folder' : readFile(path);
}

async function readText(path) {
  return readFile(path, 'utf8').catch(() => '');
}

// Throws where the host would drop a rule.
function parseHeaders(text, host) {
  const rules = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    if (line.length > host.line) throw new Error(`_headers: a line of ${line.length} characters`);
    if (/^\S/.test(line)) {
      rules.push({ path: line.trim(), headers: [] });
      continue;
    }
    const [, name, value] = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line) ?? throwError(`_headers: ${line}`);
    rules.at(-1).headers.push([name.toLowerCase(), value]);
  }
  if (rules.length > host.rules) throw new Error(`_headers: ${rules.length} rules`);
  return rules;
}

function headersFor(rules, path, host) {
  const found = new Map();
  for (const rule of rules) {
    const pattern = new RegExp(`^${rule.path.split('*').map(escapePattern).join('.*')}$`);
    if (!pattern.test(path)) continue;
    for (const [name, value] of rule.headers) found.set(name, host.joins ? [...(found.get(name) ?? []), value] : [value]);
  }
  return found;
}

function escapePattern(text) {
  return text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
}

function parseRedirects(text, host) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > host.redirects) throw new Error(`_redirects: ${lines.length} rules`);
  return new Map(
    lines.map((line) => {
      const [from, to, status] = line.split(/\s+/);
      if (status !== '301') throwError(`_redirects: ${line}`);
      return [decodeURIComponent(from), to];
    }),
  );
}

function throwError(message) {
  throw new Error(message);
}
