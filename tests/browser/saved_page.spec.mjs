// The page about saved posts: it says how much is saved and what is not, and its buttons do what they say.
import assert from 'node:assert/strict';
import { longBlog, markedBlog } from './support/blog_releases.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { idleWorkDone, keptStatus, openAndSave, waitForText } from './support/offline_page_objects.mjs';
import { photograph } from './support/photograph.mjs';

const offlineTest = offlineSpec(() => startFaultyHost({ quality: 5 }));
const A = markedBlog('release-a');

offlineTest('a link of every page leads to it; it says what is here, also without a network', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, `${site.url}posts/one/`);
  site.isDown = true;
  await page.getByRole('contentinfo').getByRole('link', { name: 'Offline' }).click();
  await page.getByRole('heading', { level: 1, name: 'Offline' }).waitFor();
  await page.getByRole('status').getByText(/^All 4 posts are on this device, [\d.]+\sMB in all\./).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save everything' }).count(), 0);
});

offlineTest('what cannot be had is named with its reason, never counted, and had when it is asked for again', async ({ page, site }) => {
  site.deploy(await site.build(A));
  let isFailing = true;
  site.fault = (request, path, send) =>
    isFailing && /^bundle\/(release-pack|posts\/three)/.test(path) && (send(Buffer.from('<p>Welcome'), { headers: { 'content-type': 'text/html' } }), true);
  await openAndSave(page, `${site.url}offline.html`);
  await waitForText(page, '3 of 4 posts are on this device');
  await page.getByText('three: the site sent something else; perhaps it is being updated.').waitFor();
  isFailing = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitForText(page, 'All 4 posts are on this device');
  assert.equal(await page.getByText('Not saved:').count(), 0);
});

offlineTest('removing leaves nothing but the reader itself, until everything is wanted again', async ({ page, site }) => {
  site.deploy(await site.build(longBlog(30)));
  await openAndSave(page, `${site.url}offline.html`);
  await page.getByRole('button', { name: 'Remove what is saved' }).click();
  await waitForText(page, '0 of 30 posts are on this device');
  await waitForText(page, 'Nothing will be saved until you ask for it');
  await openAndSave(page, site.url);
  assert.equal((await keptStatus(page)).saved, 0);
  await openAndSave(page, `${site.url}offline.html`);
  await page.getByRole('button', { name: 'Save everything' }).click();
  await waitForText(page, 'All 30 posts are on this device');
});

offlineTest('a post is kept with its images, after a change of them too', async ({ page, site }) => {
  site.deploy(await site.build(A));
  await openAndSave(page, `${site.url}offline.html`);
  await page.getByRole('searchbox', { name: 'Find posts' }).fill('two');
  const box = page.getByRole('checkbox', { name: /^Post two/ });
  await box.check();
  await page.getByText('1 of 1 images kept').waitFor();
  assert.equal(await page.getByRole('checkbox').count(), 1);
  const changed = { ...A, extra: { 'dot.svg': A.extra['dot.svg'].replace('40', '41') } };
  site.deploy(await site.build(changed));
  await openAndSave(page, site.url);
  await openAndSave(page, site.url);
  site.isDown = true;
  await page.goto(`${site.url}posts/two/`);
  await page.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth === 41));
});

offlineTest('a photograph is kept in one of its variants, which is shown on any screen', async ({ page, site }) => {
  const post = '---\ntitle: Post photo\ndate: 2020-02-02\n---\n\n![Wide](wide.png)\n';
  site.deploy(await site.build({ ...A, posts: { ...A.posts, photo: post }, extra: { ...A.extra, 'wide.png': photograph(2000, 1000) } }));
  await openAndSave(page, `${site.url}offline.html`);
  await page.getByRole('searchbox', { name: 'Find posts' }).fill('photo');
  await page.getByRole('checkbox', { name: /^Post photo/ }).check();
  await page.getByText('1 of 1 images kept').waitFor();
  const kept = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.endsWith('pinned'));
    const requests = (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname.replace(/[0-9a-f]{8}/, 'HASH'));
  });
  assert.deepEqual(kept, ['/media/wide.HASH-1440.png']);
  site.isDown = true;
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${site.url}posts/photo/`);
    await page.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0));
  }
});

offlineTest('nothing is promised where the owner has taken offline reading back', async ({ page, site }) => {
  site.deploy(await site.build({ ...A, flags: ['--kill-service-worker'] }));
  await page.goto(`${site.url}offline.html`);
  await page.getByText('This browser keeps nothing of this blog on the device.').waitFor();
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

offlineTest('a device without room is told of', async ({ page, context, site }) => {
  site.deploy(await site.build(longBlog(30)));
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await openAndSave(page, `${site.url}offline.html`);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1000 });
  await page.getByRole('button', { name: 'Save everything' }).click();
  await page.getByText(/this device or browser has no room left\.$/).waitFor();
  await waitForText(page, '0 of 30 posts are on this device');
  await idleWorkDone(page);
});
