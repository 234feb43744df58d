// The reader adopts the static page and nothing moves: no word by more than half a pixel, and no shift that the browser counts.
import assert from 'node:assert/strict';
import { LINE_CASES_PATH, IMAGES_PATH, prepareLineCases } from './support/line_cases.mjs';
import { keepPageMessages, lastPageMessage } from './support/page_messages.mjs';
import { postPaths, startSampleSite, startSite } from './support/sample_site.mjs';
import { specFor } from './support/chromium.mjs';
import { holdProgram, problemsOf, adopt } from './support/adoption.mjs';

const WIDTHS = [360, 768, 1440];
const sampleTest = specFor(startSampleSite);
const casesTest = specFor(() => startSite(prepareLineCases));

sampleTest('nothing of the list and of any post moves', async ({ context, reader, site }) => {
  const paths = ['', ...(await postPaths(site.folder))];
  assert.ok(paths.length > 5);
  for (const path of paths) await expectNothingMoves(context, reader.address(path));
});

casesTest('nothing moves where the browser breaks lines in its own ways', async ({ context, reader }) => {
  await expectNothingMoves(context, reader.address(LINE_CASES_PATH));
});

casesTest('nothing moves around images, whatever is known of them', async ({ context, reader }) => {
  // Without intrinsic size, so that it gets the size in the markup.
  const image = { contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
  await context.route('https://images.example/**', (route) => route.fulfill(image));
  await expectNothingMoves(context, reader.address(IMAGES_PATH));
});

for (const [way, anchor, focus] of [['forwards', [0, 130], [1, 60]], ['backwards', [1, 60], [0, 130]]]) {
  casesTest(`what was selected ${way} stays selected, and nothing else`, async ({ page, reader }) => {
    const release = await holdProgram(page);
    await page.goto(reader.address(LINE_CASES_PATH));
    const selected = () => page.evaluate(() => getSelection().toString().replace(/\s+/g, ' ').trim());
    await page.evaluate((ends) => {
      const paragraphs = document.querySelectorAll('.prose > p');
      getSelection().setBaseAndExtent(...ends.flatMap(([i, offset]) => [paragraphs[i].firstChild, Math.min(offset, paragraphs[i].firstChild.length)]));
    }, [anchor, focus]);
    const before = await selected();
    assert.ok(before.length > 100, before);
    release();
    await page.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0);
    assert.equal(await selected(), before);
    await page.setViewportSize({ width: 500, height: 700 });
    await page.waitForFunction(() => document.querySelector('canvas').width <= 500);
    await reader.settle();
    assert.equal(await selected(), before);
    const isBackwards = await page.evaluate(() => {
      const { anchorNode, focusNode } = getSelection();
      return Boolean(anchorNode.compareDocumentPosition(focusNode) & Node.DOCUMENT_POSITION_PRECEDING);
    });
    assert.equal(isBackwards, way === 'backwards');
  });
}

casesTest('lines that a style of the reader has made stay', async ({ page, reader }) => {
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      const style = new CSSStyleSheet();
      style.replaceSync('p, li, td { word-break: break-all; padding-inline-end: 3em }');
      document.adoptedStyleSheets.push(style);
    });
  });
  assert.deepEqual(problemsOf(await adopt(page, reader.address(LINE_CASES_PATH))), []);
});

casesTest('nothing moves for a reader far down in the page', async ({ page, reader }) => {
  assert.deepEqual(problemsOf(await adopt(page, reader.address(LINE_CASES_PATH), { scrollTo: 900 })), []);
});

casesTest('the first page is made in steps, between which the browser can do something else', async ({ page, reader }) => {
  await page.addInitScript(() => {
    window.pieces = [0];
    const { measureText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.measureText = function (text) {
      window.pieces[window.pieces.length - 1] += 1;
      return measureText.call(this, text);
    };
    const { scheduler } = window;
    const yieldNow = scheduler.yield;
    scheduler.yield = () => {
      window.pieces.push(0);
      return yieldNow.call(scheduler);
    };
    // A clock by which every step takes long.
    let now = 0;
    performance.now = () => (now += 10);
  });
  await reader.open(LINE_CASES_PATH);
  const pieces = (await page.evaluate(() => window.pieces)).filter((words) => words > 0);
  assert.ok(pieces.reduce((sum, words) => sum + words, 0) > 300, `${pieces}`);
  assert.ok(pieces.length >= 5, `${pieces}`);
  // A hundred words, what laying out asks for besides, and the ink of what is drawn.
  assert.ok(Math.max(...pieces) <= 150, `${pieces}`);
});

casesTest('the next layout has lines of its own', async ({ page, reader }) => {
  await keepPageMessages(page);
  await reader.open(LINE_CASES_PATH);
  const taken = await layerLines(page);
  assert.match(taken, /class="lb"/);
  await page.setViewportSize({ width: 1100, height: 800 });
  await page.waitForFunction(() => window.lastPageMessage.relayout);
  await reader.settle();
  const { width } = await lastPageMessage(page);
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.waitForFunction((before) => window.lastPageMessage.width !== before, width);
  await reader.settle();
  assert.notEqual(await layerLines(page), taken);
});

async function expectNothingMoves(context, url) {
  for (const width of WIDTHS) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(problemsOf(await adopt(page, url)), [], `${url} at ${width}`);
    await page.close();
  }
}

function layerLines(page) {
  return page.evaluate(() => new XMLSerializer().serializeToString(document.querySelector('#octavo_layer main')));
}
