// Starts Debian's WebKitGTK (the engine of Safari) for a spec file: MiniBrowser on a screen of its own, driven by W3C WebDriver, which is
// plain HTTP with JSON. WebKitPage has the few methods of Playwright's pages that reader_page.mjs calls, like FirefoxPage.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { ReaderPage } from '../reader_page.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS, poll } from './bounds.mjs';
import { startScreen } from './firefox.mjs';

const DRIVER = process.env.OCTAVO_WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';
const BROWSER = process.env.OCTAVO_WEBKIT ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'; // WebDriver, 11: the key of a reference to an element
// WebDriver, 17.4.2: keys without a character.
const KEYS = { Control: '\uE009', Enter: '\uE007' };

// As specFor() of chromium.mjs; each test has a browser of its own, which forgets everything at its end.
export function webkitSpecFor(startSite) {
  const shared = {};
  before(async () => {
    shared.site = await startSite();
    shared.screen = await startScreen();
    shared.driver = await startDriver(shared.screen);
  });
  after(async () => {
    await shared.driver?.stop();
    await shared.screen?.stop();
    await shared.site?.stop();
  });
  return (name, body) =>
    test(name, { timeout: TEST_TIMEOUT_MS }, async () => {
      const page = await WebKitPage.open(shared.driver.url);
      try {
        await body({ page, site: shared.site, reader: new ReaderPage(page, shared.site.url) });
      } finally {
        await page.close();
      }
    });
}

async function startDriver(screen) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' };
  const driver = spawn(DRIVER, [`--port=${port}`], { env, stdio: 'ignore' });
  await poll(async () => driver.exitCode !== null || (await fetch(`${url}/status`)).ok, 'WebKitWebDriver answers');
  if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}`);
  const ended = new Promise((resolve) => driver.once('exit', resolve));
  return {
    url,
    stop: () => {
      driver.kill();
      return ended;
    },
  };
}

function freePort() {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function call(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}

export class WebKitPage {
  #session;

  constructor(session) {
    this.#session = session;
  }

  static async open(driverUrl) {
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } } };
    const { sessionId } = await call('POST', `${driverUrl}/session`, { capabilities });
    const page = new WebKitPage(`${driverUrl}/session/${sessionId}`);
    await page.#post('timeouts', { script: LONGEST_WAIT_MS, pageLoad: LONGEST_WAIT_MS });
    return page;
  }

  close() {
    return call('DELETE', this.#session);
  }

  #post(path, body = {}) {
    return call('POST', `${this.#session}/${path}`, body);
  }

  // ---- Documents ---------------------------------------------------------------------------------------------------

  goto(url) {
    return this.#post('url', { url });
  }

  url() {
    return call('GET', `${this.#session}/url`);
  }

  async waitForURL(url) {
    await poll(async () => (await this.url()) === url, url);
  }

  reload() {
    return this.#post('refresh');
  }

  goBack() {
    return this.#post('back');
  }

  async setSize(width, height) {
    await this.#post('window/rect', { width, height });
  }

  // Calls the function in the page, and answers when what it returns is there.
  async evaluate(read, value) {
    const script = `const [value, done] = arguments;
      Promise.resolve().then(() => (${read})(value)).then((result) => done({ result }), (error) => done({ error: String(error) }));`;
    const { result, error } = await this.#post('execute/async', { script, args: [value ?? null] });
    if (error !== undefined) throw new Error(error);
    return result;
  }

  waitForFunction(condition, value) {
    return poll(() => this.evaluate(condition, value), String(condition));
  }

  // ---- Hands -------------------------------------------------------------------------------------------------------

  // Presses keys together, "Control+A", as in Playwright.
  get keyboard() {
    const perform = (actions) => this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    const valueOf = (key) => KEYS[key] ?? key;
    return {
      press: (keys) => {
        const parts = keys.split('+').map((part) => (part.length === 1 ? part.toLowerCase() : valueOf(part)));
        const down = parts.map((value) => ({ type: 'keyDown', value }));
        const up = [...parts].reverse().map((value) => ({ type: 'keyUp', value }));
        return perform([...down, ...up]);
      },
      type: (text) => perform([...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])),
    };
  }

  // Copies what is selected and pastes it into a field: {text, html}.
  async copyAndPaste() {
    await this.keyboard.press('Control+C');
    await this.evaluate(() => {
      const field = document.createElement('textarea');
      document.body.append(field);
      field.focus({ preventScroll: true });
      field.addEventListener('paste', ({ clipboardData }) => {
        window.pasted = { text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
        field.remove();
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

  // ---- Elements ----------------------------------------------------------------------------------------------------

  locator(selector) {
    return new Found(this, (wanted) => document.querySelector(wanted), selector);
  }

  getByRole(role, { name }) {
    const find = ([selector, wanted]) =>
      [...document.querySelectorAll(selector)].find((element) => (element.getAttribute('aria-label') ?? element.textContent).trim() === wanted) ?? null;
    return new Found(this, find, [SELECTORS[role], name]);
  }

  async click(element) {
    await this.#post(`element/${element[ELEMENT]}/click`);
  }
}

// The elements that have a role by themselves.
const SELECTORS = { link: 'a[href]', button: 'button', heading: 'h1, h2, h3, h4, h5, h6' };

// The element that `find` finds in the page, looked up again at each use.
class Found {
  constructor(page, find, wanted) {
    this.page = page;
    this.find = find;
    this.wanted = wanted;
  }

  first() {
    return this;
  }

  waitFor() {
    return this.page.waitForFunction(this.find, this.wanted);
  }

  async click() {
    await this.page.click(await this.waitFor());
  }

  // `read` is called with the element and the value.
  async evaluate(read, value) {
    await this.waitFor();
    const script = `([wanted, value]) => (${read})((${this.find})(wanted), value)`;
    return this.page.evaluate(script, [this.wanted, value ?? null]);
  }
}
