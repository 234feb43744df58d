// octavo check --url against hosts on this machine: a good one says nothing, and each fault is named with its address.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startHost } from '../browser/support/static_host.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');

let work;
let folder;
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'octavo-site-audit-'));
  folder = join(work, 'site');
  const args = ['build', join(ROOT, 'assets/sample'), '--out', folder, '--reader-files', join(ROOT, 'build/web'), '--now', '2026-11-23T12:00:00Z', '--no-cache', '--quiet'];
  await promisify(execFile)(COMMAND, args);
});
after(() => rm(work, { recursive: true, force: true }));

function check(url) {
  return new Promise((resolve) => {
    execFile(COMMAND, ['check', '--url', url, '--json'], (error, stdout) => resolve({ code: error?.code ?? 0, ...JSON.parse(stdout) }));
  });
}

// The same host with one answer changed: fault(path, answer) may alter {status, headers, body}; null leaves it.
async function checkWith(fault, name = 'netlify') {
  const host = await startHost(name, folder);
  const server = createServer(async (request, response) => {
    const upstream = await fetch(new URL(request.url, host.url), { redirect: 'manual' });
    const answer = { status: upstream.status, headers: Object.fromEntries(upstream.headers), body: Buffer.from(await upstream.arrayBuffer()) };
    delete answer.headers['transfer-encoding'];
    fault(request.url, answer);
    if (/^(text|application)\/(?!xml)/.test(answer.headers['content-type'] ?? '') && !answer.isPlain) {
      answer.body = gzipSync(answer.body);
      answer.headers['content-encoding'] = 'gzip';
    }
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const result = await check(url);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await host.stop();
  result.said = (result.messages ?? []).map(({ severity, file, message }) => `${severity} ${file.replace(url, '/')} ${message}`);
  return result;
}

test('a host that does all it should', async () => {
  const { code, ok, said, posts, files } = await checkWith(() => {});
  assert.deepEqual(said.filter((text) => !text.includes('feed.xml')), []);
  assert.equal(code, 0);
  assert.ok(ok);
  assert.ok(posts >= 6);
  assert.ok(files >= posts + 4, 'posts, index, style, script and program');
});

const FAULTS = [
  ['unknown pages get the start page', (path, answer) => { if (answer.status === 404) answer.status = 200; }, /problem .*no-such-page.* must be 404/],
  ['a program of the wrong type', (path, answer) => { if (path.endsWith('.wasm')) answer.headers['content-type'] = 'application/octet-stream'; }, /problem \/assets\/octavo\.\w+\.wasm .*application\/wasm/],
  ['a script that the host rewrites', (path, answer) => { if (/octavo\.\w+\.js$/.test(path)) answer.body = Buffer.concat([answer.body, Buffer.from(';')]); }, /problem \/assets\/octavo\.\w+\.js .*bytes/],
  ['a post of another release', (path, answer) => { if (/bundle\/posts\/many/.test(path)) answer.body = Buffer.from('{}'); }, /problem \/bundle\/posts\/many.* bytes/],
  ['a post that is missing', (path, answer) => { if (/bundle\/posts\/many/.test(path)) answer.status = 404; }, /problem \/bundle\/posts\/many.* 404/],
  ['a manifest that is kept', (path, answer) => { if (path === '/octavo.json') answer.headers['cache-control'] = 'max-age=86400'; }, /problem \/octavo\.json .*86400/],
  ['a policy with a hole', (path, answer) => { answer.headers['content-security-policy'] = "script-src 'self' 'unsafe-inline'"; }, /problem \/ .*'unsafe-inline'/],
  ['a policy that stops the reader', (path, answer) => { answer.headers['content-security-policy'] = "script-src 'self'"; }, /problem \/ .*'wasm-unsafe-eval' is missing/],
  ['no compression', (path, answer) => { answer.isPlain = true; }, /warning .*wasm It is sent without compression/],
  ['hashed files that are not kept', (path, answer) => { answer.headers['cache-control'] = 'no-cache'; }, /warning \/assets\/.* may not keep it/],
];
for (const [name, fault, expected] of FAULTS) {
  test(name, async () => {
    const { code, said } = await checkWith(fault);
    assert.ok(said.some((text) => expected.test(text)), said.join('\n'));
    assert.equal(code, expected.source.startsWith('problem') ? 1 : 0);
  });
}

test('a host without headers is weaker, not wrong', async () => {
  const { code, said } = await checkWith(() => {}, 'plain');
  assert.equal(code, 0, said.join('\n'));
  assert.ok(said.some((text) => /warning \/ The host sends no Content-Security-Policy; the one in the page/.test(text)));
});

test('an address without an Octavo site is an error', async () => {
  const other = createServer((request, response) => response.writeHead(404).end());
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address();
  const missing = await check(`http://127.0.0.1:${port}/`);
  assert.deepEqual([missing.code, missing.ok], [1, false]);
  assert.match(missing.error, /no Octavo site here: the answer is 404/);
  await new Promise((resolve) => other.close(resolve));
  assert.match((await check(`http://127.0.0.1:${port}/`)).error, /127\.0\.0\.1/);
  for (const url of ['example.org', 'ftp://example.org/', 'https://', 'http://example.org/', 'https://example.org/?x']) {
    const { code, ok } = await check(url);
    assert.deepEqual([code, ok], [1, false], url);
  }
});
