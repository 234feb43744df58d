// Blocks that show their DOM text instead of being painted: tables wider than their column, and blocks that others rewrite.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium, specFor } from './support/chromium.mjs';
import { keepPageMessages, lastPageMessage } from './support/page_messages.mjs';
import { copySample, startSite } from './support/sample_site.mjs';
import { inkIn } from './support/screenshot.mjs';
import { ReaderPage } from './reader_page.mjs';

const PHONE = { context: { viewport: { width: 360, height: 740 } } };
const TABLES_PATH = 'posts/wide-tables/';
const FILE_PATH = 'posts/reading-a-file/';

const columns = Array.from({ length: 8 }, (_, i) => i + 1);
const row = (cell) => `| ${columns.map(cell).join(' | ')} |`;
const TABLES_POST = `---
title: Wide tables
date: 2026-10-01
---
Before the first table.

${row((i) => `Column${i}ofthetable`)}
${row(() => '---')}
${row((i) => (i === 8 ? '[last cell](../reading-a-file/)' : `value ${i}`))}

Between the tables.

<div dir="rtl">

${row((i) => `עמודהמספר${i}בטבלה`)}
${row(() => '---')}
${row((i) => `ערך ${i}`)}

</div>

After the tables, with a [link](../many-scripts/).

| a | b |
| --- | --- |
| narrow | table |

The end of the post.
`;

let siteUrl;
const pageTest = specFor(async () => {
  const site = await startSite(async (work, url) => {
    const content = await copySample(work, url);
    await writeFile(join(content, 'content/wide-tables.md'), TABLES_POST);
    return content;
  });
  siteUrl = site.url;
  return site;
});

async function openStatic(context, reader, path) {
  const plain = await context.newPage();
  await plain.route('**/*.js', (route) => route.abort());
  const staticPage = new ReaderPage(plain, reader.siteUrl);
  await staticPage.openStatic(path);
  return staticPage;
}

pageTest('wide tables scroll within themselves, and adopting moves nothing', async ({ page, context, reader }) => {
  const before = await (await openStatic(context, reader, TABLES_PATH)).blockBoxes();
  await reader.open(TABLES_PATH);
  await reader.settle();
  assert.deepEqual(await reader.blockBoxes(), before);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  const tables = await reader.tables();
  assert.deepEqual(tables.map(({ isShown }) => isShown), [true, true, false]);
  assert.deepEqual(tables.map(({ scrolls }) => scrolls), [true, true, false]);
  assert.equal(await reader.isBlockTextVisible('Between the tables.'), false);
}, PHONE);

// Scroll bars that take room, as on most desktops; Playwright hides them otherwise.
for (const ratio of [1, 1.25, 2]) {
  test(`what follows a table with a scroll bar lies where it is painted, at ratio ${ratio}`, { timeout: TEST_TIMEOUT_MS }, async () => {
    const flags = [`--force-device-scale-factor=${ratio}`, '--window-size=520,800'];
    const browser = await launchChromium(flags, ['--hide-scrollbars']);
    try {
      const page = await browser.newPage({ viewport: null });
      await keepPageMessages(page);
      const reader = new ReaderPage(page, siteUrl);
      await reader.open(TABLES_PATH);
      await reader.settle();
      assert.ok((await reader.tables())[0].scrollBar >= 5, 'no scroll bar that takes room');
      const { targets, height } = await reader.targetBoxes(ratio);
      const message = await lastPageMessage(page);
      assert.ok(Math.abs(height - message.height) <= 1, `elements ${height} high, painting ${message.height}`);
      targets.forEach(({ name, top }, i) => {
        const painted = message.targets[i].rects[0][1];
        assert.ok(Math.abs(top - painted) <= 6 * ratio, `${name}: element at ${top}, painted at ${painted}`);
      });
    } finally {
      await browser.close();
    }
  });
}

pageTest('a wide table is scrolled by the keyboard, and its links are followed', async ({ page, reader }) => {
  await reader.open(TABLES_PATH);
  await reader.focusTable(0);
  for (let presses = 0; presses < 60; ++presses) await page.keyboard.press('ArrowRight');
  await reader.expectTableEnd(0);
  await reader.follow('last cell');
  await reader.expectHeading('Reading a file in C++, all of it');
}, PHONE);

pageTest('where the window has room for it the table is painted', async ({ page, reader }) => {
  await reader.open(TABLES_PATH);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForFunction(() => document.documentElement.clientWidth > 1000);
  await reader.settle();
  for (const { isShown, scrolls } of await reader.tables()) assert.equal(isShown, scrolls);
  assert.deepEqual((await reader.tables()).map(({ scrolls }) => scrolls), [true, true, false]);
}, PHONE);

// Reversed words keep a line's width.
const reversed = (line) => line.replace(/\p{L}+/gu, (word) => [...word].reverse().join(''));

pageTest('a rewritten paragraph is shown as it is, the rest of the page stays painted', async ({ page, reader }) => {
  await reader.open(FILE_PATH);
  const [first, , ...rest] = await reader.firstLines();
  await reader.rewrite(first.trim(), reversed(first));
  assert.equal(await reader.isBlockTextVisible(reversed(first)), true);
  assert.equal(await reader.isBlockTextVisible(rest.at(-1)), true, 'the same paragraph');
  assert.equal(await reader.isBlockTextVisible('Reading a file in C++'), false, 'the title');
  assert.ok(await reader.isCanvasVisible());
  const box = await reader.boxOfText(reversed(first));
  assert.ok((await inkIn(page, box)) > 0.02, 'the line is not to be seen');
});

pageTest('a page that is translated as a whole ends up as DOM text, in its own lines, and stays so', async ({ page, reader }) => {
  await reader.open(FILE_PATH);
  await reader.scrollTo(600);
  const place = await reader.firstBlockInView();
  await reader.translate();
  await reader.expectTextVisible(true);
  assert.ok(!(await reader.isCanvasVisible()));
  assert.ok(Math.abs((await reader.firstBlockInView()) - place) <= 6, 'the place that is read');
  assert.deepEqual(await reader.overflowingBlocks(), []);
  const words = await reader.blockTexts();
  await page.setViewportSize({ width: 500, height: 800 });
  await reader.settle();
  assert.deepEqual(await reader.blockTexts(), words, 'a new layout takes nothing back');
  assert.deepEqual(await reader.overflowingBlocks(), []);
  await reader.follow('Posts Posts');
  await reader.expectPath('');
  await reader.expectTextVisible(false);
});
