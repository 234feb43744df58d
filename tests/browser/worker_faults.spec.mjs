// Workers that do harm, and browsers that are killed while one is being installed: the site comes back, and drafts are where they were.
import assert from 'node:assert/strict';
import { markedBlog } from './support/blog_releases.mjs';
import { LONGEST_WAIT_MS } from './support/bounds.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { startKillableBrowser } from './support/killable_browser.mjs';
import { keptCaches, openAndSave, until, waitForText } from './support/offline_page_objects.mjs';

const offlineTest = offlineSpec(() => startFaultyHost({ quality: 1 }));
const A = markedBlog('release-a');
const B = markedBlog('release-b');

// [what its fetch handler does, how]
const BROKEN_WORKERS = [
  ['throws', 'throw new Error("broken")'],
  ['answers with an error', 'event.respondWith(Promise.reject(new Error("broken")))'],
  ['never answers', 'event.respondWith(new Promise(() => {}))'],
];

function workerThat(breaks) {
  return Buffer.from(`
    self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
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
    await until(page, async () => (await navigator.serviceWorker.getRegistration()).active.state === 'activated' && (await navigator.serviceWorker.getRegistration()).waiting === null && performance.getEntriesByName('octavo-saved').length > 0);
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

offlineTest('killed in the middle of a first installation and of an update: whole releases only', async ({ site }) => {
  const browser = await startKillableBrowser();
  try {
    const a = await site.build(A);
    site.deploy(a);
    // The first installation never ends.
    let reached = holdUp(site, (path) => path === 'reader.html');
    let page = await browser.page();
    await page.goto(site.url);
    await reached;
    await browser.kill();
    site.fault = () => false;
    page = await browser.page();
    await openAndSave(page, site.url);
    assert.deepEqual(releasesIn(await keptCaches(page)).length, 1);
    // Nor does the update.
    site.deploy(await site.build(B));
    reached = holdUp(site, (path) => path.startsWith('bundle/posts/two.'));
    await page.goto(site.url);
    await reached;
    await browser.kill();
    site.fault = () => false;
    site.isDown = true;
    page = await browser.page();
    for (const slug of ['one', 'two']) {
      await page.goto(`${site.url}posts/${slug}/`);
      await waitForText(page, `${slug} of release-a`);
    }
    site.isDown = false;
    await openAndSave(page, site.url);
    await page.goto(`${site.url}posts/two/`);
    await waitForText(page, 'two of release-b');
  } finally {
    await browser.stop();
  }
});

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
