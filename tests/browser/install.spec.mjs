// Installing the blog as an application: everything that browsers require is there, under any path.
import assert from 'node:assert/strict';
import { markedBlog } from './support/blog_releases.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { openAndSave } from './support/offline_page_objects.mjs';

const offlineTest = offlineSpec(() => startFaultyHost());

for (const base of ['/', '/notes/2026/']) {
  offlineTest(`below ${base} everything needed for installing is there`, async ({ page, context, site }) => {
    site.base = base;
    const blog = markedBlog('release-a');
    const settings = `${blog.settings}[comments]\nendpoint = "_comments/v1/"\n[[screenshots]]\nimage = "content/wide.png"\nlabel = "A list"\n`;
    const files = await site.build({ ...blog, settings, extra: { ...blog.extra, 'wide.png': await screenshot(page, 640, 400) } });
    site.base = '/';
    site.deploy(files);
    await openAndSave(page, new URL(`.${base}posts/one/`, site.url).href);
    const session = await context.newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.equal(new URL(url).pathname, `${base}manifest.webmanifest`);
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // The only thing that a page of a test's private context lacks is its own window.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
    const manifest = JSON.parse(data);
    assert.equal(manifest.name, 'Blog of release-a');
    for (const { src, sizes, type } of manifest.icons) {
      const answer = await page.request.get(new URL(src, url).href);
      assert.equal(answer.headers()['content-type'], type, src);
      if (type === 'image/png') assert.equal(pngSize(await answer.body()), sizes, src);
    }
    // Shared links work without a network and below any path.
    const target = new URL(manifest.share_target.action, url).href;
    site.isDown = true;
    await page.goto(`${target}?text=Hello+https%3A%2F%2Fexample.org%2F`);
    await page.getByText('Hello https://example.org/').waitFor();
    await page.getByRole('button', { name: 'Post two' }).waitFor();
    site.isDown = false;
    assert.deepEqual([...new Set(manifest.icons.map(({ purpose }) => purpose))].sort(), ['any', 'maskable']);
    assert.deepEqual(manifest.screenshots.map(({ form_factor: form, sizes, label }) => [form, sizes, label]), [['wide', '640x400', 'A list']]);
    for (const { src, sizes } of manifest.screenshots) assert.equal(pngSize(await (await page.request.get(new URL(src, url).href)).body()), sizes);
    for (const { name, url: shortcut } of manifest.shortcuts) {
      assert.equal((await page.request.get(new URL(shortcut, url).href)).status(), 200, name);
    }
  });
}

// An image that a browser makes.
function screenshot(page, width, height) {
  return page.screenshot({ clip: { x: 0, y: 0, width, height } });
}

function pngSize(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
