// The sample blog, built afresh by `octavo build` with the real reader and served by `octavo serve`.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { poll } from './bounds.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
// A fixed day, so that no post of the sample becomes due later.
export const NOW = '2026-11-23T12:00:00Z';

export const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');
export const READER_FILES = process.env.OCTAVO_READER_FILES ?? join(ROOT, 'build/web');

// Returns {url, folder, stop()}.
export function startSampleSite() {
  return startSite((work, url) => copySample(work, url));
}

// The same for the folder that `prepare(work, url)` resolves to; `work` is a temporary folder for its use. `port` may be chosen.
// `hasProblems`: the build finds problems in the content, which is published all the same.
export async function startSite(prepare, { port, hasProblems = false } = {}) {
  const work = await mkdtemp(join(tmpdir(), 'octavo-site-'));
  try {
    return await buildAndServe(work, prepare, port ?? (await freePort()), hasProblems);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

// Addresses of all posts of a built site, newest first.
export async function postPaths(folder) {
  const read = async (url) => JSON.parse(await readFile(join(folder, url), 'utf8'));
  const readAll = (files) => Promise.all(files.map(({ url }) => read(url)));
  const parts = await readAll((await read('octavo.json')).parts ?? []);
  const rows = (await readAll(parts.flatMap(({ files: own }) => own))).flatMap(({ posts }) => posts);
  const slugs = rows.map(({ slug }) => slug).reverse();
  return slugs.map((slug) => `posts/${slug.split('/').map(encodeURIComponent).join('/')}/`);
}

// Without comments unless `endpoint` names where they are: a conversation below the post is for the specs that are about it.
export async function copySample(work, url, { endpoint = '', imageHosts = [] } = {}) {
  const content = join(work, 'sample');
  await cp(join(ROOT, 'assets/sample'), content, { recursive: true });
  const settings = join(content, 'octavo.toml');
  const text = await readFile(settings, 'utf8');
  const changed = text.replace(/^home_page_url = .*$/m, `home_page_url = "${url}"`).replace(/^endpoint = .*$/m, `endpoint = "${endpoint}"`).replace(/^image_hosts = .*$/m, `image_hosts = ${JSON.stringify(imageHosts)}`);
  await writeFile(settings, changed);
  return content;
}

async function buildAndServe(work, prepare, port, hasProblems) {
  const url = `http://127.0.0.1:${port}/`;
  const content = await prepare(work, url);
  const folder = join(work, 'site');
  await promisify(execFile)(COMMAND, ['build', content, '--out', folder, '--reader-files', READER_FILES, '--now', NOW, '--no-cache', '--quiet'], { maxBuffer: 1 << 26 }).catch((error) => {
    if (!hasProblems || error.code !== 1) throw error;
  });
  const server = spawn(COMMAND, ['serve', folder, '--port', String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  await waitForServer(url, server);
  return { url, folder, stop: () => stop(server, work) };
}

async function stop(server, work) {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
  await rm(work, { recursive: true, force: true });
}

// Between asking for a port and serving on it somebody else could take it. So these are none of those that the system gives away by itself,
// and each process begins in another place.
const FIRST_PORT = 11_000;
const PORTS = 19_000;
let asked = (process.pid * 61) % PORTS;

async function freePort() {
  for (;;) {
    asked = (asked + 1) % PORTS;
    if (await isFree(FIRST_PORT + asked)) return FIRST_PORT + asked;
  }
}

function isFree(port) {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function waitForServer(url, server) {
  await poll(async () => server.exitCode !== null || (await fetch(url, { method: 'HEAD' })), 'octavo serve answers');
  if (server.exitCode !== null) throw new Error(`octavo serve ended with ${server.exitCode}`);
}
