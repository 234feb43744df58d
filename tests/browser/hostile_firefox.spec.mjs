// The hostile strings of hostile.spec.mjs in Firefox.
import { firefoxSpecFor } from './support/firefox.mjs';
import { hostileBatches } from './support/hostile_lists.mjs';
import { startHostileSite } from './support/hostile_site.mjs';
import { checkDetector, listenForScripts } from './support/script_detector.mjs';
import { openHostilePages } from './hostile_pages.mjs';

const { batches } = hostileBatches();
const firefoxTest = firefoxSpecFor(async () => ({ url: 'http://127.0.0.1/', stop: () => {} }));
const NOISE = { errors: [/./] };

firefoxTest('the detector hears each kind of script', async ({ page }) => {
  await page.addInitScript(listenForScripts);
  await checkDetector(page, (address) => page.goto(address));
}, NOISE);

for (const [i, vectors] of batches.entries()) {
  firefoxTest(`hostile strings ${i + 1} of ${batches.length}: none of ${vectors.length} gets through`, async ({ page }) => {
    await page.addInitScript(listenForScripts);
    const site = await startHostileSite(vectors);
    try {
      await openHostilePages(page, site);
    } finally {
      await site.stop();
    }
  }, NOISE);
}
