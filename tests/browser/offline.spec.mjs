// Reading without a network: what one visit saves on the device, what the page says about it, and that other sites are left alone.
import assert from 'node:assert/strict';
import { longBlog, markedBlog, marksIn, SLUGS } from './support/blog_releases.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { ask, keptCaches, keptStatus, openAndSave, until, waitForText, waitUntilLive } from './support/offline_page_objects.mjs';

const offlineTest = offlineSpec(() => startFaultyHost({ quality: 5 }));
const A = markedBlog('release-a');

async function marksOnPage(page) {
  return marksIn(await page.evaluate(() => document.title + document.body.textContent));
}

offlineTest('after one visit every post opens without a network, on a cold start too', async ({ page, context, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  assert.deepEqual(await keptStatus(page), { total: 4, saved: 4, failed: [] });
  await page.close();
  site.isDown = true;
  for (const slug of SLUGS) {
    const cold = await context.newPage();
    await cold.goto(`${site.url}posts/${slug}/`);
    await cold.getByRole('heading', { level: 1, name: `Post ${slug}` }).waitFor();
    assert.deepEqual(await marksOnPage(cold), ['release-a']);
    await cold.close();
  }
  const lost = await context.newPage();
  await lost.goto(`${site.url}posts/none/`);
  await lost.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
});

offlineTest('pages that are in no list are saved and counted too, and follow the next release', async ({ page, site }) => {
  const withPage = (text) => ({ ...A, posts: { ...A.posts, about: `---\ntitle: About us\ntype: page\n---\n\n${text}\n` } });
  site.deploy(await site.build(withPage('Who we are.')));
  await openAndSave(page, site.url);
  assert.deepEqual(await keptStatus(page), { total: 5, saved: 5, failed: [] });
  site.isDown = true;
  await page.goto(`${site.url}posts/about/`);
  await waitForText(page, 'Who we are.');
  await page.goto(`${site.url}offline.html`);
  await waitForText(page, 'All 5 posts and pages are on this device');
  site.isDown = false;
  await page.goto(`${site.url}posts/about/`);
  await until(page, async (url) => (await caches.match(url)) !== undefined, `${site.url}posts/about/`);
  site.deploy(await site.build(withPage('Who we are now.')));
  await openAndSave(page, `${site.url}posts/about/`);
  await page.getByText('There is a newer version of this page.').waitFor();
  await ask(page, { type: 'tidy' });
  site.isDown = true;
  await page.reload();
  await waitForText(page, 'Who we are now.');
  assert.deepEqual(await keptStatus(page), { total: 5, saved: 5, failed: [] });
});

offlineTest('a visited page is kept as it is and needs neither the network nor the program', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.goto(`${site.url}posts/two/`);
  await until(page, async (url) => (await caches.match(url)) !== undefined, `${site.url}posts/two/`);
  site.isDown = true;
  await page.goto(`${site.url}posts/two/`, { waitUntil: 'commit' });
  await waitForText(page, 'two of release-a');
});

offlineTest('a tag, a later page of the list and the search for a post work offline', async ({ page, site }) => {
  site.deploy(await site.build(longBlog(45)));
  await openAndSave(page, site.url);
  site.isDown = true;
  for (const [path, post] of [['page/2/', 'Post & <10>'], ['tags/tag-3/', 'Post & <3>'], ['tags/even-1/page/2/', 'Post & <1>']]) {
    await page.goto(site.url + path);
    await page.getByRole('link', { name: post, exact: true }).first().waitFor();
  }
});

offlineTest('one file that cannot be had is named, the others are saved, and asking again gets it', async ({ page, site }) => {
  site.deploy(await site.build(A));
  let isFailing = true;
  const isWanted = (path) => /^bundle\/(release-pack|posts\/three)/.test(path);
  site.fault = (request, path, send) => isFailing && isWanted(path) && (send(Buffer.from('no'), { status: 404 }), true);
  await openAndSave(page, site.url);
  await ask(page, { type: 'save', extent: 'all' });
  const status = await keptStatus(page);
  assert.deepEqual({ total: status.total, saved: status.saved }, { total: 4, saved: 3 });
  assert.ok(status.failed.some(([path]) => path.startsWith('bundle/posts/three')), JSON.stringify(status.failed));
  isFailing = false;
  await ask(page, { type: 'retry' });
  await ask(page, { type: 'save', extent: 'all' });
  assert.deepEqual(await keptStatus(page), { total: 4, saved: 4, failed: [] });
});

offlineTest('a network that comes and goes: saving and updating come to their ends, with whole releases only', async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  site.deploy(await site.build(longBlog(60)));
  await openAndSave(page, site.url);
  assert.equal((await keptStatus(page)).saved, 0);
  let requests = 0;
  // Of thirteen requests eight get through; the others are cut at once or in the middle of the answer.
  let cuts = 0;
  site.fault = (request, path, send, response) => {
    const fate = ++requests % 13;
    if (fate > 4) return false;
    ++cuts;
    if (fate % 2 === 0) response.writeHead(200, { 'content-length': 1000 }).write('{', () => response.destroy());
    else request.socket.destroy();
    return true;
  };
  await untilDone(async () => {
    await ask(page, { type: 'retry' });
    await ask(page, { type: 'save', extent: 'all' });
    return (await keptStatus(page)).saved === 60;
  });
  const next = longBlog(61);
  site.deploy(await site.build({ ...next, settings: next.settings.replaceAll('long', 'longer') }));
  await untilDone(async () => (await ask(page, { type: 'check', page: { path: '', buildId: '' } })).update === true);
  assert.ok(cuts > 4, `${cuts} cuts`);
  site.isDown = true;
  await page.goto(`${site.url}posts/post-0060/`);
  await waitForText(page, 'Post 60:');
  await page.goto(site.url);
  await waitForText(page, 'Blog of longer');
  assert.deepEqual(await keptStatus(page), { total: 61, saved: 61, failed: [] });
});

async function untilDone(tryOnce) {
  for (let tries = 1; !(await tryOnce()); ++tries) assert.ok(tries < 60, 'never done');
}

offlineTest('who saves data is asked first', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await openAndSave(page, site.url);
  assert.equal((await keptStatus(page)).saved, 0);
  assert.ok(!site.paths().some((path) => path.includes('pack')));
});

offlineTest('a post whose link is pointed at is on its way before the click, and none for who saves data', async ({ page, context, site }) => {
  site.deploy(await site.build(A));
  const saving = new Promise((resolve) => {
    site.fault = (request, path, send, response) => path.startsWith('bundle/posts/four') && (resolve(response), true); // not answered
  });
  await page.goto(site.url);
  const held = await saving;
  await page.getByRole('link', { name: 'Post two', exact: true }).first().hover();
  await until(page, async (url) => (await caches.match(url)) !== undefined, [...site.files.keys()].find((path) => path.startsWith('bundle/posts/two')));
  assert.ok(!site.paths().some((path) => /^bundle\/posts\/(one|three)/.test(path)));
  site.fault = () => false;
  held.destroy();
  await page.close();
  const thrifty = await context.newPage();
  site.log.length = 0;
  await thrifty.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await openAndSave(thrifty, site.url);
  await thrifty.getByRole('link', { name: 'Post three', exact: true }).first().hover();
  await thrifty.getByRole('link', { name: 'Post four', exact: true }).first().click();
  await waitForText(thrifty, 'four of release-a');
  assert.ok(!site.paths().some((path) => path.startsWith('bundle/posts/three')));
});

offlineTest('a returning visit asks whether page, octavo.json and worker have changed, and for nothing else', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  await page.goto('about:blank');
  site.log.length = 0;
  await openAndSave(page, site.url);
  const log = site.log.filter(({ path }) => path !== 'icon.svg'); // which the browser asks for itself, past the worker
  const asked = new Set(log.map(({ path, status, bytes }) => `${path} ${status} ${bytes}`)); // the worker perhaps by the browser as well
  asked.delete('sw.js 304 0');
  assert.deepEqual([...asked].sort(), [' 304 0', 'octavo.json 304 0']);
});

offlineTest('images of a kept post are there offline, others are not promised', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  assert.deepEqual(await ask(page, { type: 'pin', slug: 'one' }), { kept: 1, missing: 0 });
  site.isDown = true;
  await page.goto(`${site.url}posts/one/`);
  await page.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0));
  await ask(page, { type: 'unpin', slug: 'one' });
  assert.equal((await ask(page, { type: 'status' })).images, 0);
});

offlineTest('two blogs on one origin keep apart', async ({ page, context, site }) => {
  site.base = '/a/';
  const a = await site.build(A);
  site.base = '/a/b/';
  const b = await site.build(markedBlog('release-b'));
  const killed = await site.build({ ...markedBlog('release-b'), flags: ['--kill-service-worker'] });
  site.base = '/';
  site.deploy(new Map([...a, ...b]));
  await openAndSave(page, `${site.url}a/`);
  const before = await keptCaches(page);
  const other = await context.newPage();
  await openAndSave(other, `${site.url}a/b/`);
  const both = await keptCaches(page);
  const ofA = Object.fromEntries(Object.entries(both).filter(([name]) => name in before));
  assert.deepEqual(ofA, before);
  for (const [name, paths] of Object.entries(both)) {
    const isB = paths.every((path) => path.startsWith('/a/b/'));
    assert.equal(isB, !(name in before), name);
  }
  site.isDown = true;
  await page.goto(`${site.url}a/posts/one/`);
  assert.deepEqual(await marksOnPage(page), ['release-a']);
  await other.goto(`${site.url}a/b/posts/one/`);
  assert.deepEqual(await marksOnPage(other), ['release-b']);
  site.isDown = false;
  site.deploy(new Map([...a, ...killed]));
  await other.reload();
  await until(other, async () => (await navigator.serviceWorker.getRegistrations()).length === 1);
  await until(other, async () => !(await caches.keys()).some((name) => name.includes('%2Fb%2F')));
  const rest = await keptCaches(page);
  for (const name of Object.keys(before)) assert.deepEqual(rest[name], before[name]);
  assert.ok(Object.keys(rest).every((name) => name.startsWith('octavo:%2Fa%2F:')), Object.keys(rest).join());
});

// ---- The conversation's program ----------------------------------------------------------------------------------------------

const TALKING = { ...A, settings: `${A.settings}[comments]\nendpoint = "/_comments/v1/"\n` };
const isConversation = (path) => path.startsWith('assets/conversation.');

offlineTest('the program of the conversation comes after the text', async ({ page, site }) => {
  site.deploy(await site.build(TALKING));
  await openAndSave(page, site.url);
  assert.deepEqual(await keptStatus(page), { total: 4, saved: 4, failed: [] });
  const paths = site.paths();
  const first = paths.findIndex(isConversation);
  assert.equal(paths.filter(isConversation).length, 2);
  assert.ok(paths.slice(first).every((path) => !path.startsWith('bundle/') || path.startsWith('bundle/hyphenation')), paths.join('\n'));
  site.isDown = true;
  await page.goto(`${site.url}posts/one/`);
  await waitUntilLive(page);
  await page.evaluate(() => document.querySelector('#reply').scrollIntoView());
  await page.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
});

offlineTest('who saves data has the program of the conversation once it was used, and that of the next release with it', async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  site.deploy(await site.build(TALKING));
  await openAndSave(page, `${site.url}posts/one/`);
  assert.ok(!site.paths().some(isConversation));
  await page.evaluate(() => document.querySelector('#reply').scrollIntoView());
  await page.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
  const wasm = [...site.files.keys()].find((path) => /^assets\/conversation\..*\.wasm$/.test(path));
  await until(page, async (path) => (await caches.match(`/${path}`)) !== undefined, wasm);
  // The next release has another script; the program is the same.
  const next = await site.build({ ...TALKING, settings: TALKING.settings.replaceAll('release-a', 'release-b') });
  site.deploy(next);
  site.log.length = 0;
  await openAndSave(page, site.url);
  await ask(page, { type: 'tidy' });
  site.isDown = true;
  await page.goto(`${site.url}posts/one/`);
  await waitUntilLive(page);
  await page.evaluate(() => document.querySelector('#reply').scrollIntoView());
  await page.getByRole('textbox', { name: 'Comment', exact: true }).waitFor();
});

offlineTest('a site without comments has nobody load their program', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, site.url);
  assert.ok(!site.paths().some(isConversation));
});
