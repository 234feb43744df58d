// The shell alone, over a fake core: adopting, links and history, canvas placement, failures.
import assert from 'node:assert/strict';
import { activity, passTime, waitUntilQuiet, watchActivity } from './support/activity.mjs';
import { specFor } from './support/chromium.mjs';
import { startShellSite } from './support/shell_site.mjs';

const pageTest = specFor(startShellSite);

const fake = (page, name) => page.evaluate((key) => window.fake[key], name);

pageTest('adopts the page in place: same elements, same position, transparent text over the canvas', async ({ page, reader }) => {
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      window.staticHeading = document.querySelector('h1');
    });
  });
  await reader.open('');
  assert.ok(await page.evaluate(() => window.staticHeading === document.querySelector('h1')));
  await reader.expectTextVisible(false);
  assert.ok(await reader.isCanvasVisible());
  await reader.settle();
  await reader.expectCanvasExact();
});

pageTest('follows links, goes back and forward with the positions', async ({ page, reader }) => {
  await reader.open('');
  await reader.markDocument();
  await reader.follow('The long post');
  await reader.expectHeading('Long');
  await reader.expectPath('posts/long/');
  assert.equal(await page.title(), 'Long');
  await reader.scrollTo(3000);
  await reader.follow('The short post');
  await reader.expectHeading('Short');
  await reader.expectScrollY(0);
  assert.equal(await reader.root('lang'), 'he');
  assert.equal(await reader.root('dir'), 'rtl');
  assert.equal(await reader.focusedName(), 'Short');
  await page.goBack();
  await reader.expectHeading('Long');
  const scrolled = await reader.scrollY();
  assert.ok(scrolled >= 3000, `back at ${scrolled}`);
  await page.goForward();
  await reader.expectHeading('Short');
  assert.ok(await reader.isSameDocument());
});

pageTest('a reload stays where the reader was', async ({ page, reader }) => {
  await reader.open('posts/long/');
  await reader.scrollTo(2500);
  await page.reload();
  await reader.waitUntilLive();
  await reader.expectScrollY(2500);
});

pageTest('a link with a fragment leads to its element', async ({ reader }) => {
  await reader.open('');
  await reader.follow('The end of the short post');
  await reader.expectPath('posts/short/#end');
  await reader.expectHeading('Short');
  await reader.settle();
  assert.ok((await reader.scrollY()) > 500);
});

pageTest('modified clicks and files are left to the browser', async ({ page, context, reader }) => {
  await reader.open('');
  const opened = context.waitForEvent('page');
  await reader.link('The long post').click({ modifiers: ['Control'] });
  await (await opened).close();
  assert.deepEqual(await fake(page, 'events'), []);
  await reader.link('Feed').click();
  await reader.expectPath('feed.json');
}, { errors: [/404/] });

pageTest('buttons act, are announced and remembered', async ({ page, reader }) => {
  await reader.open('');
  await reader.button('Like').click();
  assert.deepEqual(await fake(page, 'events'), [{ type: 'action', action: 'like' }]);
  assert.equal(await reader.announcement.textContent(), 'Liked');
  await page.reload();
  await reader.waitUntilLive();
  assert.deepEqual((await fake(page, 'options')).localStore, { liked: 'yes' });
});

pageTest('a button pressed before the reader has started acts when it has', async ({ page, reader }) => {
  await page.route('**/page.json', async (route) => {
    await page.evaluate(() => document.querySelector('button').click());
    await route.continue();
  });
  await reader.open('');
  assert.deepEqual(await fake(page, 'events'), [{ type: 'action', action: 'like' }]);
  // The page that the program shows during the adoption follows at once, not with the next change of the window.
  await page.waitForFunction(() => document.title === 'Liked');
});

pageTest('focus and hover of links and buttons reach the painter', async ({ page, reader }) => {
  await reader.open('');
  await page.keyboard.press('Tab');
  assert.deepEqual(await fake(page, 'focus'), [0]);
  await page.keyboard.press('Tab');
  assert.equal((await fake(page, 'focus')).at(-1), 1);
  await reader.link('Feed').hover();
  assert.equal((await fake(page, 'pointer')).at(-1).kind, 'move');
  await page.mouse.move(600, 700);
  assert.equal((await fake(page, 'pointer')).at(-1).kind, 'leave');
  await reader.button('Like').click();
  assert.deepEqual((await fake(page, 'pointer')).slice(-3).map(({ kind }) => kind), ['move', 'down', 'up']);
});

pageTest('the wheel scrolls natively and the canvas moves rarely', async ({ page, reader }) => {
  await reader.open('posts/long/');
  await reader.settle();
  const before = (await fake(page, 'areas')).length;
  await page.mouse.move(500, 400);
  for (let i = 0; i < 30; ++i) {
    await page.mouse.wheel(0, 100);
    await reader.settle();
    assert.ok((await reader.canvasGeometry()).coversWindow);
  }
  assert.ok((await reader.scrollY()) >= 2500);
  const moves = (await fake(page, 'areas')).length - before;
  assert.ok(moves >= 1 && moves <= 8, `${moves} moves`);
});

pageTest('a change of width keeps the place that is read', async ({ page, reader }) => {
  await reader.open('posts/long/');
  await reader.scrollTo(3000);
  await page.setViewportSize({ width: 700, height: 600 });
  await page.waitForFunction(() => window.fake.sizes.at(-1)?.width === 700);
  await reader.settle();
  await reader.expectScrollY(3000);
  await reader.expectCanvasExact();
});

for (const ratio of [1.25, 2, 3]) {
  const context = { deviceScaleFactor: ratio, viewport: { width: 401, height: 601 } };
  pageTest(`an emulated device of ratio ${ratio} gets a backing store of its ratio`, async ({ reader }) => {
    await reader.open('posts/long/');
    await reader.settle();
    const { backing, coversWindow } = await reader.canvasGeometry();
    assert.equal(backing.width, Math.round(401 * ratio));
    assert.ok(coversWindow);
  }, { context });
}

pageTest('nothing runs in a minute in which nothing happens', async ({ page, reader }) => {
  await watchActivity(page);
  await reader.open('posts/long/');
  await reader.scrollTo(5000);
  await waitUntilQuiet(page);
  const before = await activity(page);
  assert.ok(before.draws > 0);
  await passTime(page, 60_000);
  assert.deepEqual(await activity(page), before);
});

pageTest('a theme change reaches the painter', async ({ page, reader }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await reader.open('');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(() => window.fake.themes.at(-1) === 'dark');
});

pageTest('without WebGL2 the static page stays and links load pages', async ({ page, reader }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  const told = page.waitForEvent('console', (message) => message.text().includes('no-webgl2'));
  await reader.openStatic('');
  await told;
  await reader.expectTextVisible(true);
  await reader.follow('The long post');
  await reader.expectHeading('Long');
});

pageTest('a lost context shows the text at once, a restored one hides it again', async ({ reader }) => {
  await reader.open('');
  await reader.loseContext();
  await reader.expectTextVisible(true);
  assert.ok(!(await reader.isCanvasVisible()));
  await reader.restoreContext();
  await reader.expectTextVisible(false);
});

pageTest('after a crash the text stays, and the reader starts anew once; the next time a notice says so and links load pages', async ({ page, reader }) => {
  await reader.open('');
  await reader.markDocument();
  const shown = page.evaluate(() => new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.documentElement.classList.contains('octavo-dom-text')) return;
      observer.disconnect();
      resolve(true);
    });
    observer.observe(document.documentElement, { attributes: true });
  }));
  await reader.button('Crash').click();
  assert.ok(await shown, 'the text is shown in between');
  await reader.expectTextVisible(false);
  assert.ok(await reader.isSameDocument());
  assert.equal(await reader.notice.count(), 0);
  assert.equal(await reader.canvas.count(), 1);
  await reader.button('Crash').click();
  await reader.expectTextVisible(true);
  await reader.notice.waitFor();
  await reader.follow('The long post');
  await reader.expectHeading('Long');
  assert.ok(!(await reader.isSameDocument()));
});

pageTest('a line that somebody else rewrites is shown as it is, and only that one', async ({ page, reader }) => {
  await reader.open('');
  assert.deepEqual(await fake(page, 'hidden'), []);
  await reader.rewrite('Home', 'Zuhause');
  assert.deepEqual(await fake(page, 'hidden'), [1]);
  assert.equal(await reader.isBlockTextVisible('Zuhause'), true);
  assert.equal(await reader.isBlockTextVisible('The long post'), false);
  assert.ok(await reader.isCanvasVisible());
  // A new layout of the same page, and a change elsewhere in it, leave it as it is; another page does not.
  await page.setViewportSize({ width: 700, height: 600 });
  await page.waitForFunction(() => window.fake.sizes.at(-1)?.width === 700);
  await reader.button('Like').click();
  await reader.settle();
  assert.equal(await reader.isBlockTextVisible('Zuhause'), true);
  assert.equal((await fake(page, 'hidden')).at(-1), 1);
  await reader.follow('The long post');
  await reader.expectHeading('Long');
  assert.equal(await reader.isBlockTextVisible('Long'), false);
});

pageTest('a change that moves the lines below shows the whole page by its elements, until another page comes', async ({ page, reader }) => {
  await reader.open('');
  await page.evaluate(() => document.querySelector('h1').after(document.createElement('hr')));
  await reader.expectTextVisible(true);
  assert.ok(!(await reader.isCanvasVisible()));
  await reader.rewrite('The end of the short post', 'Das Ende');
  await page.setViewportSize({ width: 700, height: 600 });
  await page.waitForFunction(() => window.fake.sizes.at(-1)?.width === 700);
  await reader.expectText('Das Ende');
  await reader.expectTextVisible(true);
  await reader.follow('Das Ende');
  await reader.expectHeading('Short');
  await reader.expectTextVisible(false);
});

pageTest('a translator that is faster than the reader keeps its words', async ({ page, reader }) => {
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.querySelector('h1').textContent = 'Zuhause';
    });
  });
  await reader.open('');
  assert.equal(await reader.isBlockTextVisible('Zuhause'), true);
  assert.deepEqual(await fake(page, 'hidden'), [1]);
});

pageTest('an element that an extension puts between the blocks shows itself', async ({ page, reader }) => {
  await reader.open('posts/long/');
  await page.evaluate(() => {
    const note = document.createElement('p');
    note.textContent = 'A note of an extension';
    note.style.cssText = 'position: absolute';
    document.querySelector('main').append(note);
  });
  await reader.expectText('A note of an extension');
  assert.equal(await reader.isBlockTextVisible('A note of an extension'), true);
  assert.equal(await reader.isBlockTextVisible('Line 3 of the long post'), false);
});

pageTest('forced colors show the text', async ({ page, reader }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await reader.open('');
  assert.ok(!(await reader.isCanvasVisible()));
});

pageTest('print shows black text and no canvas', async ({ page, reader }) => {
  await reader.open('');
  await page.emulateMedia({ media: 'print' });
  await reader.expectTextVisible(true);
  assert.ok(!(await reader.isCanvasVisible()));
});
