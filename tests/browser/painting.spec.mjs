// What is painted: every script, where its text is; nothing while nothing happens; and what remains when painting is impossible.
import assert from 'node:assert/strict';
import { activity, passTime, waitUntilQuiet, watchActivity } from './support/activity.mjs';
import { specFor } from './support/chromium.mjs';
import { inkIn } from './support/screenshot.mjs';
import { startSampleSite } from './support/sample_site.mjs';
import { similarityIn } from './support/similarity.mjs';

const pageTest = specFor(startSampleSite);

const SCRIPTS_PATH = 'posts/many-scripts/';

// A word of each script, as in the post.
const WORDS = {
  Latin: 'endowed',
  Greek: 'ελεύθεροι',
  Cyrillic: 'свободными',
  Arabic: 'والحقوق',
  Hebrew: 'שווים',
  Devanagari: 'स्वतन्त्रता',
  Thai: 'อิสระ',
  Han: '自由',
  Kana: 'すべて',
  Hangul: '인간',
};

pageTest('every script is in the page layer and on the canvas', async ({ page, reader }) => {
  await reader.open(SCRIPTS_PATH);
  const text = await reader.text();
  for (const [script, word] of Object.entries(WORDS)) {
    assert.ok(text.includes(word), `${script}: ${word} is not in the text`);
    const box = await reader.boxOfText(word);
    const ink = await inkIn(page, box);
    assert.ok(ink > 0.04, `${script}: nothing is painted at ${JSON.stringify(box)} (${ink})`);
  }
});

pageTest('nothing runs in a minute in which nothing happens', async ({ page, reader }) => {
  await watchActivity(page);
  await reader.open(SCRIPTS_PATH);
  await reader.scrollTo(800);
  await waitUntilQuiet(page);
  const before = await activity(page);
  assert.ok(before.draws > 0);
  await passTime(page, 60_000);
  assert.deepEqual(await activity(page), before);
});

for (const ratio of [1, 1.25, 2, 3]) {
  pageTest(`backing store of ratio ${ratio}`, async ({ reader }) => {
    await reader.open(SCRIPTS_PATH);
    await reader.settle();
    const { backing, stageWidth, coversWindow } = await reader.canvasGeometry();
    assert.equal(backing.width, Math.round(stageWidth));
    assert.ok(coversWindow);
  }, { context: { viewport: { width: 640, height: 480 }, deviceScaleFactor: ratio } });
}

// Words begin on whole device pixels, the browser's own on fractions, so only the first word of a line is equal to the pixel.
for (const [ratio, least] of [[1, 0.9], [2, 0.96]]) {
  pageTest(`the first word of a line is painted as the browser itself draws it, its line nearly so, ratio ${ratio}`, async ({ page, reader }) => {
    await reader.open(SCRIPTS_PATH);
    await reader.scrollTo(400);
    const { lines, words } = await reader.lineBoxes(ratio);
    assert.ok(lines.length > 10 && words.length > 4);
    const painted = await page.screenshot();
    await reader.showOwnText();
    const drawn = await page.screenshot();
    const alike = await similarityIn(page, painted, drawn, words);
    assert.ok(Math.min(...alike) >= 0.98, `first words: ${alike}`);
    const ofLines = await similarityIn(page, painted, drawn, lines);
    assert.ok(Math.min(...ofLines) >= least, `lines: ${ofLines}`);
  }, { context: { viewport: { width: 900, height: 900 }, deviceScaleFactor: ratio } });
}

pageTest('the dark theme is painted dark', async ({ page, reader }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await reader.open('');
  await reader.settle();
  const light = await inkIn(page, { x: 0, y: 0, width: 40, height: 40 }, 'brightness');
  await page.emulateMedia({ colorScheme: 'dark' });
  await reader.settle();
  const dark = await inkIn(page, { x: 0, y: 0, width: 40, height: 40 }, 'brightness');
  assert.ok(light > 0.9 && dark < 0.2, `light ${light}, dark ${dark}`);
});

pageTest('without WebGL2 the static text is readable and links work', async ({ page, reader }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind === 'webgl2' ? null : original.call(this, kind, ...more);
    };
  });
  await expectStatic(page, reader, 'no-webgl2');
});

pageTest('without WebAssembly the static text is readable and links work', async ({ page, reader }) => {
  await page.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  await expectStatic(page, reader, 'no-wasm');
});

async function expectStatic(page, reader, reason) {
  const told = page.waitForEvent('console', (message) => message.text().includes(reason));
  await reader.openStatic('');
  await told;
  await reader.expectTextVisible(true);
  await reader.follow('Many scripts, one article');
  await reader.expectHeading('Many scripts, one article');
}

pageTest('a lost context shows the text, a restored one paints it again', async ({ page, reader }) => {
  await reader.open(SCRIPTS_PATH);
  await reader.settle();
  await reader.loseContext();
  await reader.expectTextVisible(true);
  await reader.restoreContext();
  await reader.expectTextVisible(false);
  await reader.settle();
  assert.ok((await inkIn(page, await reader.boxOfText('endowed'))) > 0.04);
});
