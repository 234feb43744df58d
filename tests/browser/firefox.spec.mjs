// The same reader in Firefox: register, selection, copying, and what remains when painting is impossible.
import assert from 'node:assert/strict';
import { firefoxSpecFor } from './support/firefox.mjs';
import { watchPainting } from './support/painted_words.mjs';
import { startSampleSite } from './support/sample_site.mjs';
import { ReaderGestures } from './reader_gestures.mjs';

const firefoxTest = firefoxSpecFor(startSampleSite);

const FILE_PATH = 'posts/reading-a-file/';
const ELEMENTS_PATH = 'posts/every-element/';
const PATHS = ['posts/many-scripts/', 'posts/right-to-left/', ELEMENTS_PATH];
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

firefoxTest('dragging over paragraphs, and everything selected, select what they select on the static page', async ({ page, site }) => {
  const reader = new ReaderGestures(page, site.url);
  const selections = async () => {
    const words = await reader.wordsOfParagraphs(3);
    assert.ok(words.length > 12);
    return [await reader.dragOver(words[0], words[4]), await reader.dragOver(words.at(-2), words[2]), await reader.selectAllOfArticle()];
  };
  await page.holdBack(/\/octavo\.\w+\.js$/);
  await reader.openStatic(FILE_PATH);
  const expected = await selections();
  assert.ok(expected.every((text) => text.length > 10));
  await page.holdBack(null);
  await reader.open(FILE_PATH);
  await reader.settle();
  assert.deepEqual(await selections(), expected);
});

// Pasted again, because no page may read the clipboard by itself.
firefoxTest('what is copied is text without soft breaks, and markup with links, headings and code', async ({ page, site }) => {
  const reader = new ReaderGestures(page, site.url);
  const copied = async () => {
    await reader.selectArticle();
    return page.copyAndPaste();
  };
  // Firefox itself indents lists and quotations.
  const lines = ({ text }) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  await page.holdBack(/\/octavo\.\w+\.js$/);
  await reader.openStatic(ELEMENTS_PATH);
  const expected = lines(await copied());
  await page.holdBack(null);
  await reader.open(ELEMENTS_PATH);
  await reader.settle();
  const live = await copied();
  assert.deepEqual(lines(live), expected);
  assert.ok(expected.some((line) => line.length > 200), 'no paragraph is one line');
  for (const markup of [/<h2[ >]/, /<a [^>]*href="http/, /<code[ >]/, /<li[ >]/]) assert.match(live.html, markup);
  assert.doesNotMatch(live.html, /transparent|style=|class=/, 'how the page looks is nothing to paste');
});

firefoxTest('find-in-page finds words across two lines', async ({ page, site }) => {
  const reader = new ReaderGestures(page, site.url);
  await reader.open(FILE_PATH);
  assert.equal(await reader.countMatches(await reader.phraseOverLines()), 1);
});

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
