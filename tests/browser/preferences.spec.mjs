// Text size and theme as the reader chooses them: at once, on the next visit before the first paint, and without the reader's program.
import assert from 'node:assert/strict';
import { ReaderPage } from './reader_page.mjs';
import { launchChromium, specFor } from './support/chromium.mjs';
import { inkIn } from './support/screenshot.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);
const PATH = 'posts/many-scripts/';
const CORNER = { x: 0, y: 0, width: 40, height: 40 };

// The program does not load; only the static page with its early script is left.
const withoutProgram = (page) => page.route(/octavo\.\w+\.js$/, (route) => route.abort());

pageTest('a theme is chosen, announced, kept, and painted', async ({ page, reader }) => {
  await reader.open(PATH);
  await reader.choose('Theme', 'Dark');
  await reader.expectChosen('Theme', 'Dark');
  await reader.expectAnnounced('Theme: Dark');
  await reader.scrollTo(0);
  assert.ok((await inkIn(page, CORNER, 'brightness')) < 0.2, 'the canvas is still light');
  await reader.follow('Posts');
  await reader.expectPath('');
  await reader.expectChosen('Theme', 'Dark');
  await page.reload();
  await reader.waitUntilLive();
  await reader.expectChosen('Theme', 'Dark');
  await reader.settle();
  assert.ok((await inkIn(page, CORNER, 'brightness')) < 0.2, 'the canvas is light again');
});

pageTest('a text size is chosen, kept and forgotten', async ({ page, reader }) => {
  await reader.open(PATH);
  const before = await reader.fontSize();
  await reader.choose('Text size', '150 %');
  await reader.expectAnnounced('Text size: 150 %');
  await reader.settle();
  assert.equal(await reader.fontSize(), before * 1.5);
  await page.reload();
  await reader.waitUntilLive();
  await reader.expectChosen('Text size', '150 %');
  assert.equal(await reader.fontSize(), before * 1.5);
  await reader.choose('Text size', '100 %');
  await reader.settle();
  assert.equal(await reader.fontSize(), before);
  assert.deepEqual(await reader.keptValues(), {});
});

pageTest('the keyboard chooses as well, and the focus stays on the button', async ({ page, reader }) => {
  await reader.open('');
  await reader.choice('Theme', 'Sepia').focus();
  await page.keyboard.press('Enter');
  await reader.expectChosen('Theme', 'Sepia');
  assert.equal(await reader.focusedName(), 'Sepia');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(245, 237, 218)');
});

pageTest('the next visit has both before anything is painted, with the style sheet alone', async ({ page, reader }) => {
  await reader.open(PATH);
  const size = await reader.fontSize();
  await reader.choose('Theme', 'Dark');
  await reader.choose('Text size', '125 %');
  await reader.expectAnnounced('Text size: 125 %');
  await withoutProgram(page);
  await page.addInitScript(() => {
    // The first frame is asked for before any script of the page runs, so it is the one that is painted first.
    requestAnimationFrame(() => {
      const { theme, textSize } = document.documentElement.dataset;
      window.atFirstFrame = `${theme} ${textSize}`;
    });
  });
  await reader.openStatic(PATH);
  await reader.settle();
  assert.equal(await page.evaluate(() => window.atFirstFrame), 'dark 125');
  assert.equal(await reader.fontSize(), Math.round(size * 1.25 * 2) / 2); // on half CSS pixels
  assert.ok((await inkIn(page, CORNER, 'brightness')) < 0.2);
  assert.equal(await page.evaluate(() => document.querySelector('meta[name="theme-color"]').content), '#16171a');
}, { errors: [/ERR_FAILED/] });

// Ratios of a browser's own: those that are emulated count in other parts of a pixel.
for (const ratio of [1, 1.25, 2.625]) {
  pageTest(`adopting moves nothing for a returning reader, ratio ${ratio}`, async ({ site }) => {
    const browser = await launchChromium([`--force-device-scale-factor=${ratio}`]);
    try {
      const context = await browser.newContext({ viewport: null });
      const page = await context.newPage();
      const reader = new ReaderPage(page, site.url);
      const plain = await context.newPage();
      await withoutProgram(plain);
      await reader.open(PATH);
      for (const size of ['90 %', '110 %', '150 %']) {
        await reader.choose('Text size', size);
        await reader.expectChosen('Text size', size);
        await plain.goto(reader.address(PATH));
        await page.reload();
        await reader.waitUntilLive();
        await reader.settle();
        const tops = () => {
          const blocks = [...document.querySelectorAll('h1, h2, p, pre, li')];
          return blocks.map((block) => block.getBoundingClientRect().top + window.scrollY);
        };
        const [before, after] = [await plain.evaluate(tops), await page.evaluate(tops)];
        const shift = Math.max(...before.map((top, i) => Math.abs(top - after[i])));
        assert.ok(shift < 0.5, `${size}: moved by ${shift} CSS pixels`);
      }
    } finally {
      await browser.close();
    }
  });
}

pageTest('without scripts there are no controls that would do nothing', async ({ page, reader }) => {
  await reader.openStatic('');
  await reader.expectHeading('Posts');
  assert.equal(await page.getByRole('button').count(), 0);
}, { context: { javaScriptEnabled: false } });

pageTest('without the program the controls are hidden', async ({ page, reader }) => {
  await withoutProgram(page);
  await reader.openStatic('');
  await reader.settle();
  assert.equal(await page.getByRole('button').count(), 0);
}, { errors: [/ERR_FAILED/] });

pageTest('more contrast, where the system asks for it', async ({ page, reader }) => {
  await page.emulateMedia({ contrast: 'more', colorScheme: 'light' });
  await reader.open('');
  await reader.settle();
  assert.equal(await inkIn(page, CORNER, 'brightness'), 1);
  await page.emulateMedia({ contrast: 'more', colorScheme: 'dark' });
  await reader.settle();
  assert.equal(await inkIn(page, CORNER, 'brightness'), 0);
});

pageTest('forced colors show the elements in the system\'s colors and no canvas', async ({ page, reader }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await reader.open(PATH);
  await reader.settle();
  assert.equal(await reader.isCanvasVisible(), false);
  assert.ok(await reader.isTextVisible());
  const box = await reader.boxOfText('endowed');
  assert.ok((await inkIn(page, box)) > 0.04);
  await page.emulateMedia({ forcedColors: 'none' });
  await reader.settle();
  assert.equal(await reader.isCanvasVisible(), true);
  assert.equal(await reader.isTextVisible(), false);
});

pageTest('nothing moves by itself where the system asks for reduced motion', async ({ page, reader }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await reader.open(PATH);
  await reader.choose('Theme', 'Dark');
  const moving = await page.evaluate(() => ({
    animations: document.getAnimations().length,
    smooth: [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).scrollBehavior === 'smooth').length,
  }));
  assert.deepEqual(moving, { animations: 0, smooth: 0 });
});
