// Starts Chromium for a spec file and gives each test a fresh page whose console must stay clean.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ReaderPage } from '../reader_page.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './bounds.mjs';

export const CHROMIUM = process.env.OCTAVO_CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// What Chromium says, without a reason, when a page is left while a file of its bundle is still on its way.
const LEFT_EARLY = /^Fetch API cannot load \S+\/bundle\/\S+\. $/;

// `ignoredFlags` are those of Playwright's own that would be in the way.
export async function launchChromium(flags = [], ignoredFlags = []) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...FLAGS, ...flags],
    ignoreDefaultArgs: ignoredFlags,
    timeout: LONGEST_WAIT_MS,
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => withBounds(await newContext(options));
  return browser;
}

// Playwright's own bounds are for machines that have nothing else to do.
export function withBounds(context) {
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  context.setDefaultNavigationTimeout(LONGEST_WAIT_MS);
  return context;
}

// A browser with preferences of its owner, {webkit: {webprefs: {minimum_font_size: 20}}}; returns its context.
export async function launchChromiumWith(preferences) {
  const profile = await mkdtemp(join(tmpdir(), 'octavo-chromium-'));
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await launchWithProfile(profile, { width: 1200, height: 800 });
  context.once('close', () => rm(profile, { recursive: true, force: true, maxRetries: 10 }));
  return context;
}

// A browser that keeps everything in the folder `profile`; returns its context.
export function launchChromiumWithProfile(profile) {
  return launchWithProfile(profile, { width: 1000, height: 800 });
}

async function launchWithProfile(profile, viewport) {
  return withBounds(await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS, viewport, timeout: LONGEST_WAIT_MS }));
}

// Registers browser and site for a spec file. `startSite` returns {url, stop()}. The function returned declares a test:
//   pageTest('follows a link', async ({ reader, page, context, site }) => {...}, { context: {...}, errors: [/allowed/] })
export function specFor(startSite, flags = []) {
  const shared = {};
  before(async () => {
    shared.site = await startSite();
    shared.browser = await launchChromium(flags);
  });
  after(async () => {
    await shared.browser?.close();
    await shared.site?.stop();
  });
  return (name, body, { context: contextOptions = {}, errors = [], timeout = TEST_TIMEOUT_MS } = {}) =>
    test(name, { timeout }, async () => {
      // Requests of a service worker cannot be intercepted by page.route(); specs about it allow it.
      const context = await shared.browser.newContext({ viewport: { width: 1200, height: 800 }, serviceWorkers: 'block', ...contextOptions });
      const page = await context.newPage();
      const complaints = collectComplaints(page);
      try {
        await body({ page, context, site: shared.site, reader: new ReaderPage(page, shared.site.url) });
      } finally {
        await context.close();
      }
      const unexpected = complaints.filter((text) => !errors.some((allowed) => allowed.test(text)));
      assert.deepEqual(unexpected, [], 'the console has errors');
    });
}

// The same for specs about the service worker, in which the host fails on purpose.
export function offlineSpec(startSite, flags = [], { timeout } = {}) {
  const declare = specFor(async () => {
    const host = await startSite();
    return { url: host.url, host, stop: () => host.stop() };
  }, flags);
  const errors = [/Failed to load resource/, /ERR_/, /integrity/, /digest/, /wasm streaming compile failed|ArrayBuffer instantiation/];
  return (name, body) =>
    declare(
      name,
      async ({ site, ...rest }) => {
        site.host.reset();
        await body({ ...rest, site: site.host });
      },
      { context: { serviceWorkers: 'allow' }, errors, timeout },
    );
}

function collectComplaints(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !LEFT_EARLY.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  return complaints;
}
