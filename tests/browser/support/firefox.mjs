// Starts Debian's Firefox for a spec file. Headless it has no WebGL2, so it runs on a screen of its own (Xvfb) with Mesa's software
// renderer. Puppeteer drives it over WebDriver BiDi; FirefoxPage gives it the few methods of Playwright's pages that reader_page.mjs
// calls, so that the same page object serves both engines.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { ReaderPage } from '../reader_page.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS, poll } from './bounds.mjs';

const EXECUTABLE = process.env.OCTAVO_FIREFOX ?? '/usr/bin/firefox-esr';
const PREFERENCES = {
  'webgl.force-enabled': true,
  // As wide and high as the screen; otherwise the window's frame would take some of it.
  'browser.tabs.inTitlebar': 0,
  'app.update.disabledForTesting': true,
};

// A screen that only this process knows: {display: ":97", stop()}.
export async function startScreen() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await Promise.race([once(server.stdio[3], 'data'), once(server, 'error').then(([error]) => Promise.reject(error))]);
  return {
    display: `:${String(number).trim()}`,
    stop: async () => {
      server.kill();
      await once(server, 'exit');
    },
  };
}

export function launchFirefox(screen, preferences = {}) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: false,
    extraPrefsFirefox: { ...PREFERENCES, ...preferences },
    env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' },
    defaultViewport: null,
    timeout: LONGEST_WAIT_MS,
    protocolTimeout: LONGEST_WAIT_MS,
  });
}

// As specFor() of chromium.mjs; each test has a browser of its own, with `preferences` as in about:config.
export function firefoxSpecFor(startSite) {
  const shared = {};
  before(async () => {
    shared.site = await startSite();
    shared.screen = await startScreen();
  });
  after(async () => {
    await shared.screen?.stop();
    await shared.site?.stop();
  });
  return (name, body, { preferences = {}, errors = [] } = {}) =>
    test(name, { timeout: TEST_TIMEOUT_MS }, async () => {
      const browser = await launchFirefox(shared.screen, preferences);
      const complaints = [];
      try {
        const [inner] = await browser.pages();
        collectComplaints(inner, complaints);
        const page = new FirefoxPage(inner);
        await body({ page, site: shared.site, reader: new ReaderPage(page, shared.site.url) });
      } finally {
        await browser.close();
      }
      const unexpected = complaints.filter((text) => !errors.some((allowed) => allowed.test(text)));
      assert.deepEqual(unexpected, [], 'the console has errors');
    });
}

// What Firefox says, without an address, when a page is left while the worker is still answering it.
const LEFT_EARLY = /^Failed to load ‘’\. A ServiceWorker intercepted the request/;

function collectComplaints(page, complaints) {
  page.on('pageerror', ({ message }) => LEFT_EARLY.test(message) || complaints.push(`exception: ${message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
}

export class FirefoxPage {
  constructor(inner) {
    this.inner = inner;
  }

  // Presses keys together, "Control+A", as in Playwright.
  get keyboard() {
    return {
      press: async (keys) => {
        const parts = keys.split('+').map((part) => (part.length === 1 ? part.toLowerCase() : part));
        for (const part of parts) await this.inner.keyboard.down(part);
        for (const part of parts.reverse()) await this.inner.keyboard.up(part);
      },
    };
  }

  bringToFront() {
    return this.inner.bringToFront();
  }

  // Requests whose path matches are not answered; null lets everything through again.
  async holdBack(pattern) {
    this.inner.removeAllListeners('request');
    await this.inner.setRequestInterception(pattern !== null);
    if (pattern === null) return;
    this.inner.on('request', (request) => (pattern.test(new URL(request.url()).pathname) ? request.abort() : request.continue()));
  }

  // Copies what is selected and pastes it again: {text, html}.
  async copyAndPaste() {
    await this.keyboard.press('Control+C');
    await this.evaluate(() => {
      document.addEventListener('paste', ({ clipboardData }) => {
        window.pasted = { text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
      }, { once: true });
    });
    await this.keyboard.press('Control+V');
    await this.waitForFunction(() => window.pasted !== undefined);
    return this.evaluate(() => {
      const { pasted } = window;
      delete window.pasted;
      return pasted;
    });
  }

  get mouse() {
    return this.inner.mouse;
  }

  addInitScript(script) {
    return this.inner.evaluateOnNewDocument(script);
  }

  goto(url) {
    return this.inner.goto(url, { timeout: LONGEST_WAIT_MS });
  }

  evaluate(read, value) {
    return this.inner.evaluate(read, value);
  }

  // Puppeteer's own makes its function from text, which the page's Content-Security-Policy forbids.
  waitForFunction(condition, value) {
    return poll(() => this.inner.evaluate(condition, value), String(condition));
  }

  async waitForURL(url) {
    await poll(() => this.inner.url() === url, url);
  }

  locator(selector) {
    return new Found(this, () => this.inner.$(selector), selector);
  }

  getByRole(role, { name }) {
    return new Found(this, () => this.inner.$(`::-p-aria([name="${name}"][role="${role}"])`), `${role} ${name}`);
  }
}

// The elements of a selector or a role, looked up again at each use.
class Found {
  constructor(page, find, what) {
    this.page = page;
    this.find = find;
    this.what = what;
  }

  first() {
    return this;
  }

  waitFor() {
    return poll(this.find, this.what);
  }

  async click() {
    await (await this.waitFor()).click();
  }

  async evaluate(read, value) {
    return (await this.waitFor()).evaluate(read, value);
  }

  innerText() {
    return this.evaluate((element) => element.innerText);
  }

  isVisible() {
    return this.find().then((element) => element !== null && element.isVisible());
  }
}
