// Installing the blog as an application of its own: what browsers ask for is there, under any path.
import assert from 'node:assert/strict';
import { markedBlog } from './support/blog_releases.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { openAndSave } from './support/offline_page_objects.mjs';

const offlineTest = offlineSpec(() => startFaultyHost());

for (const base of ['/', '/notes/2026/']) {
  offlineTest(`below ${base} nothing stands in the way of installing`, async ({ page, context, site }) => {
    site.base = base;
    const files = await site.build(markedBlog('release-a'));
    site.base = '/';
    site.deploy(files);
    await openAndSave(page, new URL(`.${base}posts/one/`, site.url).href);
    const session = await context.newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.equal(new URL(url).pathname, `${base}manifest.webmanifest`);
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window of its own is all that a page of a test's private context lacks.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
    const manifest = JSON.parse(data);
    assert.equal(manifest.name, 'Blog of release-a');
    for (const { src, sizes, type } of manifest.icons) {
      const answer = await page.request.get(new URL(src, url).href);
      assert.equal(answer.headers()['content-type'], type, src);
      if (type === 'image/png') assert.equal(pngSize(await answer.body()), sizes, src);
    }
    assert.deepEqual([...new Set(manifest.icons.map(({ purpose }) => purpose))].sort(), ['any', 'maskable']);
    for (const { name, url: shortcut } of manifest.shortcuts) {
      assert.equal((await page.request.get(new URL(shortcut, url).href)).status(), 200, name);
    }
  });
}

function pngSize(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
