// Public lists of hostile strings in every place of a blog and its comments: no script, no handler and no address of a script gets through.
//   OCTAVO_VECTORS=all node --test tests/browser/hostile.spec.mjs
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { hostileBatches } from './support/hostile_lists.mjs';
import { startHostileSite } from './support/hostile_site.mjs';
import { checkDetector, listenForScripts } from './support/script_detector.mjs';
import { openHostilePages } from './hostile_pages.mjs';

const { batches, counts } = hostileBatches();
const startNothing = async () => ({ url: 'http://127.0.0.1/', stop: () => {} });
const browserTest = specFor(startNothing);
// Images that posts name and nobody has; what the policy keeps from a document that the parser makes.
const NOISE = { errors: [/Failed to load resource/, /Content Security Policy/, /ERR_/, /ERROR:/] };

browserTest('the detector hears each kind of script', async ({ page }) => {
  await page.addInitScript(listenForScripts);
  await checkDetector(page, (address) => page.goto(address));
}, { errors: [/./] });

for (const [i, vectors] of batches.entries()) {
  browserTest(`hostile strings ${i + 1} of ${batches.length}: none of ${vectors.length} gets through`, async ({ page }) => {
    await page.addInitScript(listenForScripts);
    const site = await startHostileSite(vectors);
    try {
      const opened = await openHostilePages(page, site);
      console.log(`${vectors.length} strings on ${opened} pages, of ${JSON.stringify(counts)}`);
      assert.ok(opened > 3);
    } finally {
      await site.stop();
    }
  }, NOISE);
}
