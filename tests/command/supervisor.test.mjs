// `octavo serve` after its server was killed: it is back at the same address, and no connection was refused meanwhile.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');

class Serving {
  static async start(folder, ...more) {
    const serving = new Serving();
    const args = ['serve', folder, '--port', '0', '--no-comments', ...more];
    serving.process = spawn(COMMAND, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    serving.out = serving.errors = '';
    serving.process.stdout.on('data', (chunk) => (serving.out += chunk));
    serving.process.stderr.on('data', (chunk) => (serving.errors += chunk));
    await serving.until(() => serving.out.includes('Ctrl-C'), serving.process.stdout);
    serving.url = /http:\S+/.exec(serving.out)[0];
    return serving;
  }

  async until(condition, stream) {
    while (!condition()) await once(stream, 'data');
  }

  child() {
    return Number(readFileSync(`/proc/${this.process.pid}/task/${this.process.pid}/children`, 'utf8'));
  }

  async end(signal) {
    const exit = once(this.process, 'exit');
    this.process.kill(signal);
    return exit;
  }
}

async function withSite(use) {
  const folder = await mkdtemp(join(tmpdir(), 'octavo-supervisor-'));
  try {
    await mkdir(join(folder, 'site'));
    await writeFile(join(folder, 'site/index.html'), 'page');
    await use(join(folder, 'site'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const gone = async (pid) => {
  while (existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await new Promise(setImmediate);
};

test('a server that crashes is started again at the same address', () =>
  withSite(async (site) => {
    const serving = await Serving.start(site);
    const crashes = ['SIGKILL', 'SIGABRT', 'SIGSEGV', 'SIGKILL'];
    for (const [index, signal] of crashes.entries()) {
      const child = serving.child();
      process.kill(child, signal);
      // Asked at once, on a connection of its own: it waits until the next server takes it.
      const answer = await fetch(serving.url, { headers: { Connection: 'close' } }).catch(() => fetch(serving.url));
      assert.equal(await answer.text(), 'page');
      await serving.until(() => serving.errors.split('it is started again').length === index + 2, serving.process.stderr);
      assert.notEqual(serving.child(), child);
    }
    assert.equal(serving.errors.trim().split('\n').length, crashes.length, serving.errors);
    assert.equal(serving.out.split('Ctrl-C').length, 2, 'the addresses are said once');
    const child = serving.child();
    assert.deepEqual(await serving.end('SIGTERM'), [0, null]);
    assert.ok(!existsSync(`/proc/${child}`));
  }));

test('SIGINT ends server and supervisor', () =>
  withSite(async (site) => {
    const serving = await Serving.start(site);
    assert.deepEqual(await serving.end('SIGINT'), [0, null]);
    assert.equal(serving.errors, '');
  }));

test('a server whose supervisor is killed does not stay behind', () =>
  withSite(async (site) => {
    const serving = await Serving.start(site);
    const child = serving.child();
    await serving.end('SIGKILL');
    await gone(child);
  }));

test('without a supervisor one process serves', () =>
  withSite(async (site) => {
    const serving = await Serving.start(site, '--no-supervisor');
    assert.equal(serving.child(), 0);
    assert.equal(await (await fetch(serving.url)).text(), 'page');
    assert.deepEqual(await serving.end('SIGTERM'), [0, null]);
  }));

test('a server that cannot start is not tried again', () =>
  withSite(async (site) => {
    const busy = await Serving.start(site);
    const args = ['serve', site, '--port', new URL(busy.url).port, '--no-comments'];
    const second = spawn(COMMAND, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    second.stderr.on('data', (chunk) => (errors += chunk));
    const [code] = await once(second, 'close');
    assert.equal(code, 1);
    assert.match(errors, /cannot be used/);
    assert.deepEqual(await busy.end('SIGTERM'), [0, null]);
  }));
