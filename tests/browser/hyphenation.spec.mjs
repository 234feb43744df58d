// Words broken with hyphens and quotation marks in the margin: in register, and the hyphen is only visible.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium, specFor } from './support/chromium.mjs';
import { watchPainting } from './support/painted_words.mjs';
import { copySample, startSite } from './support/sample_site.mjs';
import { ReaderPage } from './reader_page.mjs';

const PHONE = { context: { viewport: { width: 360, height: 740 } } };
const PATH = 'posts/small-screens/';
const TITLE = 'A column as wide as your hand';

const QUOTATIONS_PATH = 'posts/quotations/';
const QUOTATIONS_POST = `---
title: Quotations
date: 2026-10-01
---
“Quotation marks that open a paragraph hang into the margin,” so that its letters begin where those of the lines below it do, and
considerable hyphenation is to be expected.

‘A single one’ hangs less far. It is followed by a quotation, whose paragraphs are also paragraphs.

> „Anführungszeichen“ sind in jeder Sprache andere, aber sie hängen alle.
>
> «Les guillemets», de même, même si on les écrit autrement.

“שלום עולם” היא פסקה שמתחילה במירכאות, והשורה הראשונה שלה מתחילה בשוליים, כך שהיא ארוכה מן השורות האחרות שלה.

<div dir="rtl" lang="ar">

«علامات الاقتباس» التي تفتح فقرة تتدلى في الهامش لكي تبدأ الحروف على خط واحد، مهما كان عدد السطور في هذه الفقرة.

</div>

Sentences of a plain kind follow until there are enough of them, since the test wants a page of a hundred words at the least, and what
has been said so far may not be enough for it in all of the writing directions.
`;

function startTestSite() {
  return startSite(async (work, url) => {
    const content = await copySample(work, url);
    await writeFile(join(content, 'content/quotations.md'), QUOTATIONS_POST);
    return content;
  });
}

const pageTest = specFor(startTestSite);

async function followToPost(reader) {
  await reader.open('');
  await reader.expectPatterns();
  await reader.follow(TITLE);
  await reader.expectHeading(TITLE);
  await reader.settle();
}

pageTest('a first view keeps the lines of the static page, the next layout has hyphens', async ({ page, reader }) => {
  await reader.open(PATH);
  await reader.expectPatterns();
  assert.deepEqual(await reader.hyphenatedWords(), []);
  await page.setViewportSize({ width: 340, height: 740 });
  await page.waitForFunction(() => document.querySelector('#octavo_layer .lh') !== null);
  const words = await reader.hyphenatedWords();
  assert.ok(words.every((word) => word.length >= 5), words.join(' '));
}, PHONE);

pageTest('the text of a hyphenated page is the one of the static page', async ({ context, reader, page }) => {
  const plain = await context.newPage();
  await plain.route('**/*.js', (route) => route.abort());
  const still = new ReaderPage(plain, reader.siteUrl);
  await still.openStatic(PATH);
  const wanted = await still.blockTexts();
  await followToPost(reader);
  assert.notDeepEqual(await reader.hyphenatedWords(), []);
  assert.deepEqual(await reader.blockTexts(), wanted);
  await page.bringToFront();
}, PHONE);

pageTest('selection, find and screen readers meet whole words', async ({ page, reader }) => {
  await followToPost(reader);
  const words = await reader.hyphenatedWords();
  assert.notDeepEqual(words, []);
  const selected = await reader.selectAll();
  assert.ok(!selected.includes('\u2010'), 'the hyphen is copied');
  for (const word of words) {
    assert.ok(selected.includes(word), `${word} is not copied whole`);
    const isFound = await page.evaluate((wanted) => {
      getSelection().removeAllRanges();
      return window.find(wanted, true) && getSelection().toString() === wanted;
    }, word);
    assert.ok(isFound, `${word} is not found`);
  }
  const names = await reader.accessibleNames();
  assert.deepEqual(names.filter(([, name]) => name.includes('\u2010')), []);
}, PHONE);

// As in register.spec.mjs, on a column that has hyphens.
let site;
before(async () => {
  site = await startTestSite();
});
after(() => site.stop());

for (const ratio of [1, 1.5, 3]) {
  test(`hyphenated lines and hanging quotation marks in register at ratio ${ratio}`, { timeout: TEST_TIMEOUT_MS }, async () => {
    const browser = await launchChromium([`--force-device-scale-factor=${ratio}`, '--window-size=360,740']);
    try {
      const page = await browser.newPage({ viewport: null });
      await page.addInitScript(watchPainting);
      const reader = new ReaderPage(page, site.url);
      await followToPost(reader);
      assert.notDeepEqual(await reader.hyphenatedWords(), []);
      await reader.expectInRegister(PATH);
      await reader.open(QUOTATIONS_PATH);
      await reader.expectInRegister(QUOTATIONS_PATH);
    } finally {
      await browser.close();
    }
  });
}
