// Harmful workers, and browsers that are killed while one is being installed: the site recovers, and drafts are kept.
//   OCTAVO_UPDATE_KILLS=100 OCTAVO_SEED=7 node --test --test-name-pattern=killed tests/browser/worker_faults.spec.mjs
import assert from 'node:assert/strict';
import { markOf, markedBlog } from './support/blog_releases.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { startKillableBrowser } from './support/killable_browser.mjs';
import { idleWorkDone, keptCaches, openAndSave, until, waitForText } from './support/offline_page_objects.mjs';
import { randomFrom } from './support/random.mjs';

const KILLS = Number(process.env.OCTAVO_UPDATE_KILLS ?? 2);
const offlineTest = offlineSpec(() => startFaultyHost({ quality: 1 }), [], { timeout: TEST_TIMEOUT_MS + KILLS * LONGEST_WAIT_MS });
const A = markedBlog('release-a');
const B = markedBlog('release-b');
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
// What an update loads.
const HELD_UP = /^reader\.html$|^bundle\/(?!release-list|release-pack)/;
const blogOf = (number) => markedBlog(markOf(number));

// [what its fetch handler does, how]
const BROKEN_WORKERS = [
  ['throws', 'throw new Error("broken")'],
  ['answers with an error', 'event.respondWith(Promise.reject(new Error("broken")))'],
  ['never answers', 'event.respondWith(new Promise(() => {}))'],
];

function workerThat(breaks) {
  return Buffer.from(`
    self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', (event) => event.waitUntil(caches.open('harmful').then(() => self.clients.claim())));
    self.addEventListener('message', (event) => event.ports[0]?.postMessage({}));
    self.addEventListener('fetch', (event) => { ${breaks} });`);
}

function keepDraft(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open('octavo:%2F:drafts', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('drafts').put('my text', 'one');
    request.onsuccess = () => (request.result.close(), resolve());
    request.onerror = reject;
  }));
}

function draft(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open('octavo:%2F:drafts', 1);
    request.onsuccess = () => {
      const found = request.result.transaction('drafts').objectStore('drafts').get('one');
      found.onsuccess = () => resolve(found.result);
    };
    request.onerror = reject;
  }));
}

for (const [name, breaks] of BROKEN_WORKERS) {
  offlineTest(`a worker that ${name} is taken back by the next visits, and drafts stay`, async ({ page, context, site }) => {
    const a = await site.build(A);
    const killed = await site.build({ ...B, flags: ['--kill-service-worker'] });
    site.deploy(a);
    await openAndSave(page, site.url);
    await keepDraft(page);
    site.deploy(new Map([...a, ['sw.js', workerThat(breaks)]]));
    await page.reload({ waitUntil: 'commit' });
    // The page may not even get its scripts from then on.
    await until(page, async () => (await caches.has('harmful')) && (await navigator.serviceWorker.getRegistration()).active.state === 'activated');
    await page.evaluate(() => caches.delete('harmful'));
    site.deploy(killed);
    await page.close();
    // A visit may find nothing, and a worker that never answers does not say so. Each visit makes the browser look for another worker, and is
    // given more time than the one before.
    const healed = await context.newPage();
    for (let patience = 5_000; patience < LONGEST_WAIT_MS; patience *= 2) {
      if (await showsReleaseB(healed, site.url, patience)) break;
    }
    await waitForText(healed, 'Blog of release-b');
    assert.equal(await draft(healed), 'my text');
    await until(healed, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
  });
}

async function showsReleaseB(page, url, patience) {
  try {
    await page.goto(url, { waitUntil: 'commit', timeout: patience });
    return (await page.title()).includes('release-b');
  } catch {
    return false;
  }
}

offlineTest('a worker that a host lets be kept for a year is replaced all the same', async ({ page, site }) => {
  const forAYear = (request, path, send) => path === 'sw.js' && (send(site.files.get(path), { headers: { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' } }), true);
  site.deploy(await site.build(A));
  site.fault = forAYear;
  await openAndSave(page, site.url);
  site.deploy(await site.build({ ...B, flags: ['--kill-service-worker'] }));
  await page.reload();
  await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
});

// Each time another file of the new release does not come to its end.
offlineTest(`killed in the middle of a first installation and of ${KILLS} updates: whole releases only`, async ({ site }) => {
  const browser = await startKillableBrowser();
  const random = randomFrom(SEED);
  try {
    site.deploy(await site.build(blogOf(0)));
    // The first installation never ends.
    const reached = holdUp(site, (path) => path === 'reader.html');
    let page = await browser.page();
    await page.goto(site.url);
    await reached;
    await browser.kill();
    site.fault = () => false;
    page = await browser.page();
    await openAndSave(page, site.url);
    assert.deepEqual(releasesIn(await keptCaches(page)).length, 1);
    // Nor does the update.
    for (let i = 1; i <= KILLS; ++i) page = await killDuringUpdate(browser, page, site, i, random);
  } finally {
    await browser.stop();
  }
});

// From the release before to release `i`; returns the page that has the latter.
async function killDuringUpdate(browser, former, site, i, random) {
  const next = await site.build(blogOf(i));
  const held = [...next.keys()].filter((path) => HELD_UP.test(path) && !site.files.get(path)?.equals(next.get(path)));
  const last = held[random(held.length)];
  site.deploy(next);
  const reached = holdUp(site, (path) => path === last);
  await former.goto(site.url);
  await reached;
  await browser.kill();
  site.fault = () => false;
  site.isDown = true;
  const page = await browser.page();
  for (const slug of ['one', 'two']) {
    await page.goto(`${site.url}posts/${slug}/`);
    await waitForText(page, `${slug} of ${markOf(i - 1)}`);
  }
  site.isDown = false;
  await openAndSave(page, site.url);
  await page.goto(`${site.url}posts/two/`);
  await waitForText(page, `two of ${markOf(i)}`);
  await idleWorkDone(page);
  return page;
}

// Answers begin and never end; resolves when the first one has begun.
function holdUp(site, isHeld) {
  return new Promise((resolve) => {
    site.fault = (request, path, send, response) => {
      if (!isHeld(path)) return false;
      const bytes = site.files.get(path);
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 100), resolve);
      return true;
    };
  });
}

function releasesIn(kept) {
  return Object.keys(kept).filter((name) => name.includes(':release:'));
}
