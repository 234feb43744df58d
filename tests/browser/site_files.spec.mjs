// Getting files: the bytes, or exactly one of four reasons why not.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { generatedModules } from '../../tools/generated_modules.mjs';
import { specFor } from './support/chromium.mjs';

const MODULE = new URL('../../shell/site/site_files.js', import.meta.url).pathname;
const BODY = '{"a": 1}';
const INTEGRITY = `sha256-${createHash('sha256').update(BODY).digest('base64')}`;
const NETWORK = 0;
const NOT_FOUND = 1;
const MISMATCH = 2;
const TOO_LARGE = 3;

const pageTest = specFor(startFileServer);

async function startFileServer() {
  const result = await build({ entryPoints: [MODULE], bundle: true, write: false, format: 'iife', globalName: 'shell', plugins: [generatedModules] });
  const script = result.outputFiles[0].text;
  const answers = {
    '/': ['text/html', 200, '<!DOCTYPE html><script src="script.js"></script>'],
    '/script.js': ['text/javascript', 200, script],
    '/good.json': ['application/json', 200, BODY],
    '/gone.json': ['application/json', 410, ''],
    '/page.json': ['text/html; charset=utf-8', 200, '<p>start page</p>'],
    '/busy.json': ['application/json', 503, ''],
  };
  const server = createServer((request, response) => {
    if (request.url === '/large.json') return sendWithoutEnd(response);
    if (request.url === '/cut.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{');
      return setImmediate(() => response.destroy());
    }
    const [type, status, body] = answers[request.url] ?? ['text/html', 404, '<p>missing</p>'];
    response.writeHead(status, { 'content-type': type });
    return response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => closeServer(server) };
}

function closeServer(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}

// A body without a length that goes on for as long as somebody reads it.
function sendWithoutEnd(response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(256 * 1024, ' ');
  const send = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', send);
  send();
}

async function fetchIn(page, site, url, integrity = '') {
  if (page.url() !== site.url) await page.goto(site.url);
  return page.evaluate(
    ([address, hash]) =>
      shell.fetchFile(address, hash).then(
        (bytes) => ({ text: new TextDecoder().decode(bytes) }),
        ({ reason, status }) => ({ reason, status }),
      ),
    [url, integrity],
  );
}

const NETWORK_NOISE = { errors: [/Failed to load resource/, /integrity/, /digest/] };

pageTest('the bytes, with and without a hash', async ({ page, site }) => {
  assert.deepEqual(await fetchIn(page, site, 'good.json'), { text: BODY });
  assert.deepEqual(await fetchIn(page, site, 'good.json', INTEGRITY), { text: BODY });
}, { errors: [/favicon|404/] });

pageTest('a missing file, with and without a hash, and a start page in its place', async ({ page, site }) => {
  assert.deepEqual(await fetchIn(page, site, 'none.json'), { reason: NOT_FOUND, status: 404 });
  assert.deepEqual(await fetchIn(page, site, 'none.json', INTEGRITY), { reason: NOT_FOUND, status: 404 });
  assert.deepEqual(await fetchIn(page, site, 'gone.json'), { reason: NOT_FOUND, status: 410 });
  assert.deepEqual(await fetchIn(page, site, 'page.json'), { reason: NOT_FOUND, status: 200 });
}, NETWORK_NOISE);

pageTest('other bytes than promised', async ({ page, site }) => {
  const wrong = `sha256-${createHash('sha256').update('other').digest('base64')}`;
  assert.deepEqual(await fetchIn(page, site, 'good.json', wrong), { reason: MISMATCH, status: 200 });
}, NETWORK_NOISE);

pageTest('a busy server, a cut answer and no server', async ({ page, site }) => {
  assert.deepEqual(await fetchIn(page, site, 'busy.json'), { reason: NETWORK, status: 503 });
  assert.equal((await fetchIn(page, site, 'cut.json')).reason, NETWORK);
  assert.equal((await fetchIn(page, site, 'http://127.0.0.1:1/x.json', INTEGRITY)).reason, NETWORK);
}, NETWORK_NOISE);

pageTest('a file that never ends', async ({ page, site }) => {
  assert.deepEqual(await fetchIn(page, site, 'large.json'), { reason: TOO_LARGE, status: 200 });
}, NETWORK_NOISE);
