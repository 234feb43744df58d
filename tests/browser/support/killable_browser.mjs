// A Chromium with a profile of its own that can be killed like a phone kills it, and started again with the same profile.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { LONGEST_WAIT_MS, poll } from './bounds.mjs';
import { CHROMIUM, FLAGS, withBounds } from './chromium.mjs';

export async function startKillableBrowser() {
  const browser = new KillableBrowser(await mkdtemp(join(tmpdir(), 'octavo-profile-')));
  await browser.start();
  return browser;
}

class KillableBrowser {
  #profile;
  #process = null;
  #browser;

  constructor(profile) {
    this.#profile = profile;
  }

  async start() {
    const portFile = join(this.#profile, 'DevToolsActivePort');
    await rm(portFile, { force: true });
    const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#profile}`, 'about:blank'];
    // A group of processes of its own, so that all of them can be killed at once.
    this.#process = spawn(CHROMIUM, [...FLAGS, ...own], { detached: true, stdio: 'ignore' });
    const port = await poll(async () => (await readFile(portFile, 'utf8')).match(/^(\d+)\n/)?.[1], 'the browser has a port');
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: LONGEST_WAIT_MS });
    this.#browser.contexts().forEach(withBounds);
  }

  // A new page; starts the browser when it was killed.
  async page() {
    if (this.#process === null) await this.start();
    return this.#browser.contexts()[0].newPage();
  }

  async kill() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    process.kill(-this.#process.pid, 'SIGKILL');
    await ended;
    this.#process = null;
  }

  async stop() {
    if (this.#process !== null) await this.kill();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
