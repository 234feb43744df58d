// The reader in WebKit, which is every iPhone's engine: start, copies, text size, links and the way back, a comment.
import assert from 'node:assert/strict';
import { FaultProxy } from './support/fault_proxy.mjs';
import { postPaths, startSampleSite } from './support/sample_site.mjs';
import { webkitSpecFor } from './support/webkit.mjs';
import { ReaderGestures } from './reader_gestures.mjs';
import { ReaderPage } from './reader_page.mjs';

const webkitTest = webkitSpecFor(startSampleSite);

const ELEMENTS_PATH = 'posts/every-element/';
const FILE_PATH = 'posts/reading-a-file/';

webkitTest('the reader adopts its pages, and follows links back and forth', async ({ page, reader }) => {
  for (const path of ['', FILE_PATH, ELEMENTS_PATH, 'posts/many-scripts/', 'posts/right-to-left/']) {
    await reader.open(path);
    await reader.expectTextVisible(false);
  }
  await reader.open('');
  await reader.markDocument();
  await reader.follow('Many scripts, one article');
  await reader.expectHeading('Many scripts, one article');
  await page.goBack();
  await reader.expectPath('');
  assert.ok(await reader.isSameDocument());
});

// The program is held back until the static page is measured.
webkitTest('adopting moves no block', async ({ page, site }) => {
  const proxy = await FaultProxy.start();
  try {
    proxy.target = site.url;
    const reader = new ReaderPage(page, proxy.url);
    await page.setSize(1024, 800);
    for (const path of ['', ...(await postPaths(site.folder))]) {
      let goOn;
      const isMeasured = new Promise((resolve) => (goOn = resolve));
      proxy.decide = ({ path: asked }) => (asked.endsWith('.wasm') ? isMeasured.then(() => null) : null);
      await reader.openStatic(path);
      await page.waitForFunction(() => document.documentElement.classList.contains('octavo-script'));
      const before = await reader.blockBoxes();
      goOn();
      await reader.waitUntilLive();
      await reader.settle();
      assert.deepEqual(await reader.blockBoxes(), before, path);
    }
  } finally {
    await proxy.stop();
  }
});

webkitTest('what is copied is text, and markup with links, headings and code', async ({ page, site }) => {
  const reader = new ReaderGestures(page, site.url);
  await reader.open(ELEMENTS_PATH);
  await reader.selectArticle();
  const { text, html } = await page.copyAndPaste();
  assert.ok(text.split('\n').some((line) => line.length > 200), 'no paragraph is one line');
  for (const markup of [/<h2[ >]/, /<a [^>]*href="http/, /<code[ >]/, /<li[ >]/]) assert.match(html, markup);
});

webkitTest('a larger text is set in its column, also after a reload', async ({ page, reader }) => {
  await page.setSize(1280, 800);
  await reader.open(FILE_PATH);
  const before = await reader.fontSize();
  await page.locator('[data-action="text-size:150"]').click();
  await page.waitForFunction((size) => parseFloat(getComputedStyle(document.querySelector('#octavo_layer main p:not([class])')).fontSize) > size * 1.4, before);
  await page.reload();
  await reader.waitUntilLive();
  assert.ok((await reader.fontSize()) > before * 1.4);
  assert.deepEqual(await linesOutsideOfTheColumn(page), []);
});

function linesOutsideOfTheColumn(page) {
  return page.evaluate(() => {
    const column = document.querySelector('.prose').getBoundingClientRect();
    const range = document.createRange();
    return [...document.querySelectorAll('.prose > p')].filter((paragraph) => {
      range.selectNodeContents(paragraph);
      return [...range.getClientRects()].some(({ right }) => right > column.right + 1);
    }).map(({ textContent }) => textContent.slice(0, 40));
  });
}

webkitTest('back from another document leads to the old place', async ({ page, reader, site }) => {
  await reader.open(ELEMENTS_PATH);
  await reader.scrollTo(700);
  await page.goto(new URL('offline.html', site.url).href);
  await page.goBack();
  await reader.waitUntilLive();
  await reader.expectScrollY(700);
});
