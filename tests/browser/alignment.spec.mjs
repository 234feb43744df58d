// The elements are where the canvas paints: links and buttons, and the height of the page, at real device-pixel ratios.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium } from './support/chromium.mjs';
import { keepPageMessages, lastPageMessage } from './support/page_messages.mjs';
import { startSampleSite } from './support/sample_site.mjs';
import { ReaderPage } from './reader_page.mjs';

const PATHS = ['', 'posts/many-scripts/', 'posts/every-element/', 'posts/right-to-left/', 'posts/reading-a-file/'];
// Device pixels. Widths are kept in 64ths of a pixel by engines, heights are whole.
const LARGEST_SHIFT = 0.5;
const LARGEST_DRIFT = 1;

let site;
before(async () => {
  site = await startSampleSite();
});
after(() => site.stop());

// 610 and 1090 are wide enough for the next size class only together with the scroll bar.
for (const [ratio, width] of [[1, 610], [1, 1090], [1, 1440], [1.25, 1100], [1.5, 700], [2, 900], [3, 520]]) {
  test(`elements and painting agree at ratio ${ratio}, ${width} CSS pixels wide`, { timeout: TEST_TIMEOUT_MS }, async () => {
    const browser = await launchChromium([`--force-device-scale-factor=${ratio}`, `--window-size=${width},800`]);
    try {
      const page = await browser.newPage({ viewport: null });
      await keepPageMessages(page);
      const reader = new ReaderPage(page, site.url);
      for (const path of PATHS) {
        await reader.open(path);
        await reader.settle();
        compare(path, await lastPageMessage(page), await reader.targetBoxes(ratio), ratio);
      }
    } finally {
      await browser.close();
    }
  });
}

function compare(path, message, { targets, images, height }, ratio) {
  assert.equal(targets.length, message.targets.length, path);
  assert.ok(Math.abs(height - message.height) <= LARGEST_DRIFT, `${path}: elements ${height} high, painting ${message.height}`);
  targets.forEach(({ name, left, top }, i) => {
    const [x, y] = message.targets[i].rects[0];
    const where = `${path}: ${name}: element at ${left},${top}, painted at ${x},${y}`;
    assert.ok(Math.abs(left - x) <= LARGEST_SHIFT, where);
    // An inline element's box is that of its face, the painted one that of the line: half the difference is above.
    assert.ok(Math.abs(top - y) <= 6 * ratio, where);
  });
  assert.equal(images.length, message.images.length, path);
  images.forEach(({ name, box }, i) => {
    const { rect } = message.images[i];
    const isOff = box.some((length, side) => Math.abs(length - rect[side]) > LARGEST_SHIFT);
    assert.ok(!isOff, `${path}: image “${name}” at ${box}, painted at ${rect}`);
  });
}
