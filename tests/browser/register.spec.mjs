// Register: every word is painted where its letters are in the page layer, to half a device pixel, at every ratio that screens and page
// zoom make.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium, launchChromiumWith } from './support/chromium.mjs';
import { watchPainting } from './support/painted_words.mjs';
import { startSampleSite } from './support/sample_site.mjs';
import { ReaderPage } from './reader_page.mjs';

const PATHS = ['posts/many-scripts/', 'posts/right-to-left/', 'posts/every-element/'];

let site;
before(async () => {
  site = await startSampleSite();
});
after(() => site.stop());

// Real ratios: an emulated one does not reach fonts and layout. Page zoom multiplies them in the same place.
for (const [ratio, width] of [[0.5, 2000], [0.75, 1400], [1, 1200], [1.1, 900], [1.25, 1440], [1.5, 700], [2, 1440], [3, 1200]]) {
  test(`every word in register at ratio ${ratio}`, { timeout: TEST_TIMEOUT_MS }, async () => {
    const browser = await launchChromium([`--force-device-scale-factor=${ratio}`, `--window-size=${width / ratio},${900 / ratio}`]);
    try {
      await expectInRegister(await browser.newPage({ viewport: null }));
    } finally {
      await browser.close();
    }
  });
}

test('every word in register where the browser enlarges small text', { timeout: TEST_TIMEOUT_MS }, async () => {
  const context = await launchChromiumWith({ webkit: { webprefs: { minimum_font_size: 20 } } });
  try {
    const reader = await expectInRegister(await context.newPage());
    assert.equal(await reader.smallestFontSize(), 20, 'the preference counts');
  } finally {
    await context.close();
  }
});

async function expectInRegister(page) {
  await page.addInitScript(watchPainting);
  const reader = new ReaderPage(page, site.url);
  for (const path of PATHS) {
    await reader.open(path);
    await reader.expectInRegister(path);
  }
  return reader;
}
