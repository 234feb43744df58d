// Reading the sample blog: lists, posts, tags, history, keyboard, touch, wheel and window size.
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);

const SCRIPTS_POST = 'Many scripts, one article';
const SCRIPTS_PATH = 'posts/many-scripts/';
const FILE_POST = 'Reading a file in C++, all of it';
const FILE_PATH = 'posts/reading-a-file/';

pageTest('from the list to a post, back and forward, without loading a page', async ({ page, reader }) => {
  await reader.open('');
  await reader.markDocument();
  await reader.scrollTo(300);
  await reader.follow(FILE_POST);
  await reader.expectHeading(FILE_POST);
  await reader.expectPath(FILE_PATH);
  assert.match(await page.title(), /^Reading a file in C\+\+, all of it – /);
  assert.equal(await reader.scrollY(), 0);
  await page.goBack();
  await reader.expectPath('');
  await reader.link(SCRIPTS_POST).waitFor();
  assert.ok((await reader.scrollY()) >= 300);
  await page.goForward();
  await reader.expectHeading(FILE_POST);
  assert.ok(await reader.isSameDocument());
});

pageTest('a post opened by its address survives a reload', async ({ page, reader }) => {
  await reader.open(SCRIPTS_PATH);
  await reader.expectHeading(SCRIPTS_POST);
  await reader.scrollTo(700);
  await page.reload();
  await reader.waitUntilLive();
  await reader.expectHeading(SCRIPTS_POST);
  await reader.expectScrollY(700);
});

pageTest('adopting changes neither text nor height nor position', async ({ page, context, reader }) => {
  const plain = await context.newPage();
  await plain.route('**/*.js', (route) => route.abort());
  for (const path of ['', SCRIPTS_PATH, FILE_PATH, 'posts/every-element/', 'tags/testing/']) {
    await plain.goto(reader.address(path));
    await reader.open(path);
    await reader.settle();
    const measure = () => {
      const layer = document.getElementById('octavo_layer');
      const heading = document.querySelector('h1').getBoundingClientRect();
      return {
        text: layer.textContent.replace(/\s+/g, ''),
        headingTop: heading.top,
        width: layer.scrollWidth,
      };
    };
    const before = await plain.evaluate(measure);
    const after = await page.evaluate(measure);
    assert.equal(after.text, before.text, `the text of "${path}"`);
    assert.equal(after.headingTop, before.headingTop, path);
    assert.equal(after.width, before.width, path);
  }
});

pageTest('a tag leads to its posts', async ({ reader }) => {
  await reader.open(SCRIPTS_PATH);
  await reader.follow('writing systems');
  await reader.expectPath('tags/writing-systems/');
  await reader.expectHeading('Posts tagged “writing systems”');
  await reader.follow(SCRIPTS_POST);
  await reader.expectHeading(SCRIPTS_POST);
});

pageTest('an unknown address says so and leads home', async ({ page, reader }) => {
  const response = await reader.open('posts/no-such-post/at-all/');
  assert.equal(response.status(), 404);
  await reader.expectHeading('Page not found');
  await reader.follow('Go to the newest posts');
  await reader.expectPath('');
  await reader.link(SCRIPTS_POST).waitFor();
  assert.ok(await page.evaluate(() => document.styleSheets.length > 0));
}, { errors: [/404/] });

pageTest('Tab and Enter follow a link; the focus goes to the new heading', async ({ page, reader }) => {
  await reader.open('');
  await reader.tabTo(FILE_POST);
  await page.keyboard.press('Enter');
  await reader.expectHeading(FILE_POST);
  assert.equal(await reader.focusedName(), FILE_POST);
});

pageTest('a tap follows a link', async ({ reader }) => {
  await reader.open('');
  await reader.link(SCRIPTS_POST).tap();
  await reader.expectHeading(SCRIPTS_POST);
  await reader.expectCovered();
}, { context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true } });

pageTest('the wheel scrolls natively; the canvas covers the window and moves rarely', async ({ page, reader }) => {
  await reader.open(SCRIPTS_PATH);
  await reader.settle();
  const tops = new Set();
  await page.mouse.move(500, 400);
  let steps = 0;
  for (; steps < 20; ++steps) {
    await page.mouse.wheel(0, 120);
    await reader.settle();
    const { topInPage, coversWindow } = await reader.canvasGeometry();
    assert.ok(coversWindow);
    tops.add(topInPage);
  }
  assert.ok((await reader.scrollY()) >= 1000);
  assert.ok(tops.size <= 6, `${tops.size} places of the canvas`);
});

pageTest('a narrower window sets new lines in the same page', async ({ page, reader }) => {
  await reader.open(FILE_PATH);
  const before = await reader.pageHeight();
  await page.setViewportSize({ width: 420, height: 800 });
  await page.waitForFunction((height) => document.documentElement.scrollHeight > height, before);
  await reader.settle();
  await reader.expectCovered();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await reader.expectTextVisible(false);
});

pageTest('a like is counted, announced and kept', async ({ page, reader }) => {
  await reader.open(FILE_PATH);
  await reader.button(/Like/).click();
  await reader.expectText('You like this.');
  assert.match(await reader.announcement.textContent(), /You like this/);
  await page.reload();
  await reader.waitUntilLive();
  await reader.expectText('You like this.');
});

pageTest('what is selected has the text of the static page and no line breaks of the layout', async ({ page, context, reader }) => {
  const plain = await context.newPage();
  await plain.route('**/*.js', (route) => route.abort());
  await plain.goto(reader.address(FILE_PATH));
  await reader.open(FILE_PATH);
  const select = () =>
    [...document.querySelectorAll('.prose > p, .prose li, .prose td')].map((block) => {
      getSelection().selectAllChildren(block);
      return getSelection().toString().trim();
    });
  const selected = await page.evaluate(select);
  assert.ok(selected.length > 3);
  assert.deepEqual(selected, await plain.evaluate(select));
  assert.ok(selected.every((text) => !text.includes('\n')));
});

pageTest('find-in-page finds words across two lines', async ({ page, reader }) => {
  await reader.open(SCRIPTS_PATH);
  const phrase = await page.evaluate(() => {
    const lineBreak = document.querySelector('.prose p .lb');
    const before = lineBreak.previousSibling.data.trim().split(' ').at(-1);
    const after = lineBreak.nextSibling.data.trim().split(' ')[0];
    return `${before} ${after}`;
  });
  assert.ok(await page.evaluate((text) => window.find(text), phrase), `${phrase} is not found`);
});
