// Releases that change under the reader, and hosts that fail while they do: old and whole, or new and whole, never a mixture.
import assert from 'node:assert/strict';
import { longBlog, markedBlog, marksIn, SLUGS, withChangedPost } from './support/blog_releases.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { ask, idleWorkDone, isNoticeShown, keptCaches, keptStatus, openAndSave, until, waitForText } from './support/offline_page_objects.mjs';

const offlineTest = offlineSpec(() => startFaultyHost({ quality: 5 }));
const A = markedBlog('release-a');
const B = markedBlog('release-b');
const RELEASE_CACHE = /:release:/;
const MAX_UPDATE_BYTES = 6 * 1024;
// The start page, a part, and the row files of the posts that name the new one as their neighbor or as related.
const MAX_NEW_POST_BYTES = 12 * 1024;

async function marksOnPage(page) {
  return marksIn(await page.evaluate(() => document.title + document.body.textContent));
}

// Everything that the reader of release A can do still works, without the network as well.
async function expectWhole(page, site, mark) {
  for (const slug of SLUGS) {
    await page.goto(`${site.url}posts/${slug}/`);
    await waitForText(page, `${slug} of ${mark}`);
    assert.deepEqual(await marksOnPage(page), [mark], slug);
  }
}

offlineTest('a new release is offered, not forced, and the place stays', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.goto(`${site.url}posts/one/`);
  await until(page, async (url) => (await caches.match(url)) !== undefined, `${site.url}posts/one/`);
  site.deploy(await site.build(B));
  await page.goto(`${site.url}posts/one/`);
  await page.getByText('There is a newer version of this page.').waitFor();
  assert.deepEqual(await marksOnPage(page), ['release-a']);
  await page.evaluate(() => window.scrollTo(0, 700));
  await page.getByRole('button', { name: 'Show it' }).click();
  await waitForText(page, 'one of release-b');
  await page.waitForFunction(() => Math.abs(window.scrollY - 700) < 2);
  assert.deepEqual(await marksOnPage(page), ['release-b']);
});

offlineTest('without a wish a page that is opened anew is of the new release, and a post that has not changed says nothing', async ({ page, site }) => {
  const changed = withChangedPost(A, 'one', 'one of release-a, revised');
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.goto(`${site.url}posts/two/`);
  await until(page, async (url) => (await caches.match(url)) !== undefined, `${site.url}posts/two/`);
  site.deploy(await site.build(changed));
  await openAndSave(page, `${site.url}posts/two/`);
  assert.equal(await isNoticeShown(page), false);
  await page.goto(`${site.url}posts/one/`);
  await waitForText(page, 'revised');
});

// What a host does while release B is deployed: [name, fault for (request, path, send, response) given B's files].
const DEPLOYMENT_FAULTS = {
  'a post of it is missing': () => (request, path, send) => /^bundle\/(posts\/two|release-pack)/.test(path) && (send(Buffer.from('no'), { status: 404 }), true),
  'its page for any address is the old one': (a) => (request, path, send) => path === 'reader.html' && (send(a.get(path)), true),
  'the host answers every address with its start page': (a, b) => (request, path, send) =>
    path !== '' && path !== 'octavo.json' && (send(b.get('index.html'), { headers: { 'content-type': 'text/html' } }), true),
  'octavo.json too is a page': (a, b) => (request, path, send) => (send(b.get('index.html'), { headers: { 'content-type': 'text/html' } }), true),
  'a file has other bytes': (a, b) => (request, path, send) => path.endsWith('.json') && /posts\/one/.test(path) && (send(Buffer.from(`${b.get(path)} `)), true),
  'files are cut off': (a, b) => (request, path, send, response) => {
    if (!/^bundle\//.test(path)) return false;
    const bytes = b.get(path) ?? a.get(path);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    return true;
  },
};

for (const [name, makeFault] of Object.entries(DEPLOYMENT_FAULTS)) {
  offlineTest(`half-deployed: ${name}; the last whole release goes on, and later the new one comes`, async ({ page, site }) => {
    const a = await site.build(A);
    const b = await site.build(B);
    site.deploy(a);
    await openAndSave(page, site.url);
    site.deploy(b);
    site.fault = makeFault(a, b);
    const answer = await ask(page, { type: 'check', page: { path: '', buildId: '' } });
    assert.ok(answer.error, JSON.stringify(answer));
    await openAndSave(page, site.url);
    assert.equal(await isNoticeShown(page), false);
    assert.deepEqual(await marksOnPage(page), ['release-a']);
    assert.equal(Object.keys(await keptCaches(page)).filter((each) => RELEASE_CACHE.test(each)).length, 1);
    site.isDown = true;
    await expectWhole(page, site, 'release-a');
    site.isDown = false;
    site.fault = () => false;
    await openAndSave(page, site.url);
    await page.reload();
    await waitForText(page, 'Blog of release-b');
    site.isDown = true;
    await expectWhole(page, site, 'release-b');
  });
}

offlineTest('a disk that is full: the old release works on', async ({ page, context, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  site.deploy(await site.build(B));
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1000 });
  const answer = await ask(page, { type: 'check', page: { path: '', buildId: '' } });
  assert.equal(answer.error, 'QuotaExceededError');
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
});

offlineTest('a worker that is stopped in the middle of an update: old and whole, and the next visit completes it', async ({ page, context, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  site.deploy(await site.build(B));
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  let reached;
  const isReached = new Promise((resolve) => (reached = resolve));
  site.fault = (request, path) => path === 'reader.html' && (reached(), true); // never answered
  const asking = ask(page, { type: 'check', page: { path: '', buildId: '' } }).catch(() => null);
  await isReached;
  await session.send('ServiceWorker.stopAllWorkers');
  site.fault = () => false;
  site.isDown = true;
  const later = await context.newPage();
  await expectWhole(later, site, 'release-a');
  site.isDown = false;
  await openAndSave(later, site.url);
  await later.reload();
  await waitForText(later, 'Blog of release-b');
  assert.equal(Object.keys(await keptCaches(later)).filter((each) => RELEASE_CACHE.test(each)).length, 2);
  await Promise.race([asking, Promise.resolve()]);
});

offlineTest('two tabs with two releases: each goes on with its own', async ({ page, context, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  site.deploy(await site.build(B));
  const other = await context.newPage();
  await openAndSave(other, site.url);
  await other.reload();
  await waitForText(other, 'Blog of release-b');
  for (const slug of SLUGS) {
    await page.getByRole('link', { name: `Post ${slug}`, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: `Post ${slug}` }).waitFor();
    assert.deepEqual(await marksOnPage(page), ['release-a']);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Posts' }).waitFor();
  }
});

offlineTest('going back to an older release works like going forward', async ({ page, site }) => {
  const a = await site.build(A);
  site.deploy(await site.build(B));
  await openAndSave(page, site.url);
  site.deploy(a);
  await openAndSave(page, site.url);
  await page.reload();
  await waitForText(page, 'Blog of release-a');
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
});

offlineTest('a harmful worker is taken back at once, and drafts stay', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open('octavo:%2F:drafts', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('drafts').put('my text', 'one');
    request.onsuccess = resolve;
    request.onerror = reject;
  }));
  site.deploy(await site.build({ ...B, flags: ['--kill-service-worker'] }));
  await page.reload();
  await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
  await until(page, async () => (await caches.keys()).length === 0);
  await page.reload();
  await waitForText(page, 'Blog of release-b');
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(names, ['octavo:%2F:drafts']);
});

offlineTest('bytes that went bad on the device are noticed and loaded again', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      if (!name.endsWith(':files')) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const headers = (await cache.match(request)).headers;
        if (/posts\/one|\.wasm$/.test(request.url)) await cache.put(request, new Response('bad', { headers }));
      }
    }
  });
  await page.goto(`${site.url}posts/one/`);
  await waitForText(page, 'one of release-a');
  await idleWorkDone(page);
  await page.goto(`${site.url}posts/one/`);
  await page.waitForFunction(() => document.documentElement.classList.contains('octavo-live'));
  await idleWorkDone(page);
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
});

offlineTest('each file that the browser throws away is got again', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  const before = await keptCaches(page);
  const [files] = Object.keys(before).filter((name) => name.endsWith(':files'));
  for (const path of before[files].filter((each) => /\.(js|wasm|css)$|bundle\/(index|rows)/.test(each) && !each.includes('offline'))) {
    await page.evaluate(async ([name, each]) => (await caches.open(name)).delete(each), [files, path]);
    await openAndSave(page, site.url);
    await until(page, async ([name, each]) => (await (await caches.open(name)).match(each)) !== undefined, [files, path]);
  }
});

offlineTest('a whole cache that the browser throws away is filled again, whichever it is', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  const before = await keptCaches(page);
  for (const name of Object.keys(before).filter((each) => before[each].length > 0)) {
    await page.evaluate((each) => caches.delete(each), name);
    await openAndSave(page, site.url);
    const after = await keptCaches(page);
    for (const path of before[name]) assert.ok(after[name]?.includes(path), `${path} of ${name}`);
  }
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
});

// What an HTTP cache returns at a first visit, in place of the file: another file of the same kind, a page, half of it.
const FIRST_VISIT_FAULTS = {
  'the program of another release': () => (request, path, send) => path.endsWith('.wasm') && (send(Buffer.from('0061736d01000000', 'hex'), { headers: { 'content-type': 'application/wasm' } }), true),
  'a page in place of the program': (b) => (request, path, send) => path.endsWith('.wasm') && (send(b.get('index.html'), { headers: { 'content-type': 'text/html' } }), true),
  'half of the list of files': (b) => (request, path, send) => /^bundle\/release\./.test(path) && (send(b.get(path).subarray(0, 200)), true),
};

for (const [name, makeFault] of Object.entries(FIRST_VISIT_FAULTS)) {
  offlineTest(`first visit, ${name}: the page is read, nothing is kept, and the next visit mends it`, async ({ page, site }) => {
    const b = await site.build(B);
    site.deploy(b);
    site.fault = makeFault(b);
    await page.goto(`${site.url}posts/one/`);
    await waitForText(page, 'one of release-b');
    await idleWorkDone(page);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistration()), undefined);
    assert.deepEqual(Object.keys(await keptCaches(page)).filter((each) => RELEASE_CACHE.test(each)), []);
    assert.ok(await page.getByText('one of release-b.').first().isVisible());
    site.fault = () => false;
    // Past the browser's own cache, as when a reader reloads a page that looks wrong.
    const session = await page.context().newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    await openAndSave(page, site.url);
    site.isDown = true;
    await expectWhole(page, site, 'release-b');
  });
}

// What a returning reader of `before`, who has all posts, loads for `after`: {paths, bytes} without the files of posts.
async function updateCost(page, site, before, after) {
  site.deploy(await site.build(before));
  await openAndSave(page, site.url);
  assert.equal((await keptStatus(page)).saved, Object.keys(before.posts).length);
  site.deploy(await site.build(after));
  site.log.length = 0;
  assert.deepEqual(await ask(page, { type: 'check', page: { path: '', buildId: '' } }), { update: true });
  const log = site.log.filter(({ path }) => !path.startsWith('bundle/posts/'));
  const bytes = log.reduce((sum, entry) => sum + entry.bytes, 0);
  console.log(`update: ${site.log.map((entry) => `${entry.path} ${entry.bytes}`).join(', ')}: ${site.bytes()} bytes, ${bytes} without posts`);
  return { posts: site.paths().filter((path) => path.startsWith('bundle/posts/')), paths: log.map(({ path }) => path), bytes };
}

async function expectAllSaved(page, blog) {
  await page.reload();
  await ask(page, { type: 'tidy' });
  assert.equal((await keptStatus(page)).saved, Object.keys(blog.posts).length);
}

offlineTest('a change of one post costs that post and at most 6 KB', async ({ page, site }) => {
  const blog = longBlog(450);
  const slug = 'post-0101';
  const changed = { ...blog, posts: { ...blog.posts, [slug]: blog.posts[slug].replace('Post 101', 'Post 101, revised') } };
  const { posts, paths, bytes } = await updateCost(page, site, blog, changed);
  assert.equal(posts.length, 1);
  assert.ok(bytes <= MAX_UPDATE_BYTES, `${bytes} bytes`);
  assert.equal(paths.filter((path) => /^bundle\/(index|rows)/.test(path)).length, 2, 'one part and one row file');
  await expectAllSaved(page, changed);
});

offlineTest('a new post on a blog of 1,000 costs the posts that name it and at most 12 KB', async ({ page, site }) => {
  const longer = longBlog(1001);
  const blog = longBlog(1000);
  const { posts, bytes } = await updateCost(page, site, blog, longer);
  assert.ok(posts.some((path) => path.startsWith('bundle/posts/post-1000.')));
  assert.ok(bytes <= MAX_NEW_POST_BYTES, `${bytes} bytes`);
  await expectAllSaved(page, longer);
});

// ---- Versions ----------------------------------------------------------------------------------------------------------------

const nextVersion = (bytes) => Buffer.from(bytes.toString().replace(/"version": ?2/, '"version": 3'));

offlineTest('a release of a version that the worker does not know is left alone, and the old one goes on', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  const b = await site.build(B);
  site.deploy(new Map([...b, ['octavo.json', nextVersion(b.get('octavo.json'))]]));
  const answer = await ask(page, { type: 'check', page: { path: '', buildId: '' } });
  assert.ok(answer.error, JSON.stringify(answer));
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
  site.isDown = false;
  site.deploy(b);
  await openAndSave(page, site.url);
  await page.reload();
  await waitForText(page, 'Blog of release-b');
});

offlineTest('a release that a worker of the version before has kept counts as none, and the new worker gets its own', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  // As that worker wrote it: another seal, the manifest and the list of version 1.
  await page.evaluate(async () => {
    for (const name of (await caches.keys()).filter((each) => each.includes(':release:'))) {
      const cache = await caches.open(name);
      const former = await (await cache.match('/octavo-release-2')).json();
      await cache.delete('/octavo-release-2');
      const { index, build_id, release } = former.manifest;
      const { files, pages, posts, bytes, packs } = former.root;
      const root = { version: 1, build_id, files, pages, lists: [], packs, posts, bytes };
      await cache.put('/octavo-release', Response.json({ id: former.id, manifest: { version: 1, index, build_id, release }, root }));
      await cache.put('/octavo.json', Response.json({ version: 1, index, build_id, release }));
    }
  });
  site.log.length = 0;
  await openAndSave(page, site.url);
  assert.ok(site.paths().includes('octavo.json'));
  site.isDown = true;
  await expectWhole(page, site, 'release-a');
});

offlineTest('a page whose program is older than the site stays readable', async ({ page, site }) => {
  const a = await site.build(A);
  site.deploy(new Map([...a, ['octavo.json', nextVersion(a.get('octavo.json'))]]));
  await page.goto(`${site.url}posts/one/`);
  await waitForText(page, 'one of release-a.');
  await idleWorkDone(page);
  assert.ok(await page.getByText('one of release-a.').first().isVisible());
  assert.deepEqual(Object.keys(await keptCaches(page)).filter((each) => RELEASE_CACHE.test(each)), []);
});
