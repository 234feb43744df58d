// The same reader in Firefox: register, selection, and what remains when painting is impossible.
import assert from 'node:assert/strict';
import { firefoxSpecFor } from './support/firefox.mjs';
import { watchPainting } from './support/painted_words.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const firefoxTest = firefoxSpecFor(startSampleSite);

const PATHS = ['posts/many-scripts/', 'posts/right-to-left/', 'posts/every-element/'];
const SCRIPTS_POST = 'Many scripts, one article';

for (const ratio of [1, 1.25, 1.5, 2, 3]) {
  firefoxTest(`every word in register at ratio ${ratio}`, async ({ page, reader }) => {
    await page.addInitScript(watchPainting);
    for (const path of PATHS) {
      await reader.open(path);
      assert.equal(await page.evaluate(() => window.devicePixelRatio), ratio);
      await reader.expectInRegister(path);
    }
  }, { preferences: { 'layout.css.devPixelsPerPx': String(ratio) } });
}

firefoxTest('without WebGL2 the static text is readable and links work', async ({ page, reader }) => {
  await expectStatic(page, reader);
}, { preferences: { 'webgl.disabled': true } });

firefoxTest('without WebAssembly the static text is readable and links work', async ({ page, reader }) => {
  await expectStatic(page, reader);
}, { preferences: { 'javascript.options.wasm': false } });

async function expectStatic(page, reader) {
  await reader.openStatic('');
  await page.waitForFunction(() => !document.documentElement.classList.contains('octavo-script'));
  await reader.expectTextVisible(true);
  await reader.follow(SCRIPTS_POST);
  await reader.expectHeading(SCRIPTS_POST);
}

firefoxTest('a lost context shows the text in the same frame, a restored one paints it again', async ({ reader }) => {
  await reader.open(PATHS[0]);
  await reader.settle();
  await reader.watchDomText();
  await reader.loseContext();
  assert.equal((await reader.domTextShown()).frames, 0, 'frames without text after the loss');
  await reader.expectTextVisible(true);
  await reader.restoreContext();
  await reader.expectTextVisible(false);
  assert.ok(await reader.isCanvasVisible());
});
