// Reading without a network in Firefox, whose workers and caches differ.
import assert from 'node:assert/strict';
import { markedBlog, SLUGS } from './support/blog_releases.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { firefoxSpecFor } from './support/firefox.mjs';
import { idleWorkDone, keptStatus, openAndSave, waitForText } from './support/offline_page_objects.mjs';

const firefoxTest = firefoxSpecFor(async () => {
  const host = await startFaultyHost({ quality: 1 });
  host.deploy(await host.build(markedBlog('release-a')));
  return { url: host.url, host, stop: () => host.stop() };
});

firefoxTest('after one visit every post opens without a network, and the next release comes when there is one again', async ({ page, site }) => {
  await openAndSave(page, site.url);
  assert.deepEqual(await keptStatus(page), { total: 4, saved: 4, failed: [] });
  site.host.isDown = true;
  for (const slug of SLUGS) {
    await page.goto(`${site.url}posts/${slug}/`);
    await waitForText(page, `${slug} of release-a`);
  }
  await page.goto(`${site.url}offline.html`);
  await waitForText(page, 'All 4 posts are on this device');
  site.host.isDown = false;
  site.host.deploy(await site.host.build(markedBlog('release-b')));
  await page.goto(site.url);
  await idleWorkDone(page);
  await page.goto(`${site.url}posts/one/`);
  await waitForText(page, 'one of release-b');
}, { errors: [/NetworkError|Failed to load|could not be loaded|error occurred/i] });
