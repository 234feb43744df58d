// Screen readers and keyboards: axe finds nothing, the tree is that of the static page plus the controls, and every control is
// reached, seen and worked without a pointer.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { accessibilityTree, linesOf, without } from './support/accessibility_tree.mjs';
import { specFor } from './support/chromium.mjs';
import { keepPageMessages, lastPageMessage } from './support/page_messages.mjs';
import { ROOT, startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);

const POST_PATH = 'posts/every-element/';
const PATHS = ['', POST_PATH, 'tags/testing/', 'posts/right-to-left/'];

const withoutScripts = (page) => page.route('**/*.js', (route) => route.abort());
const NO_SCRIPTS = { errors: [/ERR_FAILED/] };

// ---- axe -------------------------------------------------------------------------------------------------------------

async function violationsOf(page) {
  await page.evaluate(await readFile(`${ROOT}/node_modules/axe-core/axe.min.js`, 'utf8'));
  const { violations, passes } = await page.evaluate(() => window.axe.run(document));
  assert.ok(passes.length > 15, 'axe has looked at hardly anything');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  pageTest(`axe finds nothing in the running reader, ${colorScheme}`, async ({ page, reader }) => {
    for (const path of PATHS) {
      await reader.open(path);
      await reader.settle();
      assert.deepEqual(await violationsOf(page), [], path);
    }
  }, { context: { colorScheme } });

  // Here the texts have their colors, so that axe can see their contrast; the canvas has the same.
  pageTest(`axe finds nothing in the static page, ${colorScheme}`, async ({ page, reader }) => {
    await withoutScripts(page);
    for (const path of PATHS) {
      await reader.openStatic(path);
      assert.deepEqual(await violationsOf(page), [], path);
    }
  }, { context: { colorScheme }, ...NO_SCRIPTS });
}

// ---- The tree --------------------------------------------------------------------------------------------------------

// What a static page does not have: buttons and the groups of the preferences.
const isControl = ({ role, name }) => role === 'button' || (role === 'group' && ['Text size', 'Theme'].includes(name));
const isEmpty = ({ role, children }) => role === 'paragraph' && children.length === 0;
const isLiveRegion = ({ role, name }) => role === 'status' && name === '';
const isNoText = (node) => isControl(node) || isEmpty(node) || isLiveRegion(node);

pageTest('the accessibility tree is the static page\'s, plus the controls', async ({ page, context, reader }) => {
  const plain = await context.newPage();
  await withoutScripts(plain);
  for (const path of [...PATHS, 'posts/many-scripts/', 'posts/reading-a-file/']) {
    await plain.goto(reader.address(path));
    await reader.open(path);
    await reader.settle();
    const expected = linesOf(without(without(await accessibilityTree(plain), isControl), isNoText));
    const live = await accessibilityTree(page);
    assert.ok(expected.length > 40, path);
    assert.deepEqual(linesOf(without(without(live, isControl), isNoText)), expected, path);
    const controls = linesOf(live).filter((line) => /^ *button /.test(line));
    assert.ok(controls.length >= 9 && controls.every((line) => /button "[^"]+"/.test(line)), `${path}: ${controls}`);
  }
}, NO_SCRIPTS);

pageTest('every control that is painted has its element, with role, name and state', async ({ page, reader }) => {
  await keepPageMessages(page);
  for (const path of PATHS) {
    await reader.open(path);
    const { targets } = await lastPageMessage(page);
    const elements = await reader.controls();
    assert.equal(elements.length, targets.length, path);
    targets.forEach((target, i) => {
      const { role, name, action } = elements[i];
      assert.equal(role, target.kind, `${path}: ${name}`);
      assert.ok(name.length > 0, `${path}: a ${role} without a name`);
      if (role === 'button') assert.equal(action, target.action, `${path}: ${name}`);
    });
  }
});

pageTest('what changes is announced, and no text of the article is', async ({ page, reader }) => {
  await reader.open(POST_PATH);
  assert.equal(await reader.announcement.textContent(), '');
  await reader.choose('Theme', 'Dark');
  await reader.expectAnnounced('Theme: Dark');
  const regions = await page.evaluate(() => [...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')].map(({ textContent }) => textContent));
  assert.deepEqual(regions.filter((text) => text.length > 60), []);
});

// ---- The keyboard ----------------------------------------------------------------------------------------------------

pageTest('Tab reaches everything in the order of the page, always with a visible focus', async ({ page, reader }) => {
  for (const path of ['', POST_PATH]) {
    await reader.open(path);
    await reader.settle();
    const expected = await reader.focusableNames();
    assert.ok(expected.length > 20, path);
    const stops = [];
    for (let i = 0; i < expected.length; ++i) {
      await page.keyboard.press('Tab');
      stops.push(await reader.focusStop());
    }
    assert.deepEqual(stops.map(({ name }) => name), expected, path);
    assert.deepEqual(stops.filter(({ isOutlined }) => !isOutlined), [], `${path}: no outline`);
    assert.deepEqual(stops.filter(({ isInWindow }) => !isInWindow), [], `${path}: not scrolled to`);
    await page.keyboard.press('Shift+Tab');
    assert.equal((await reader.focusStop()).name, expected.at(-2), path);
  }
});

pageTest('the focus of a link, a button and a table can be seen over the canvas', async ({ page, reader }) => {
  await reader.open(POST_PATH);
  for (const [role, index] of [['link', 8], ['button', 0], ['group', 0]]) {
    const clip = await reader.focusFromBefore(role, index);
    await reader.settle();
    const focused = await page.screenshot({ clip });
    await reader.blur();
    await reader.settle();
    assert.ok(!focused.equals(await page.screenshot({ clip })), `${role}: nothing shows the focus`);
  }
});

pageTest('a whole visit without a pointer: a post, its like, a tag, back, another theme', async ({ page, reader }) => {
  await reader.open('');
  await reader.tabTo('Every element');
  await page.keyboard.press('Enter');
  await reader.expectHeading('Every element');
  await reader.tabTo('Like');
  await page.keyboard.press('Space');
  await reader.expectText('You like this.');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
  await reader.tabTo('testing');
  await page.keyboard.press('Enter');
  await reader.expectHeading('Posts tagged “testing”');
  await page.goBack();
  await reader.expectHeading('Every element');
  await reader.tabTo('Sepia');
  await page.keyboard.press('Enter');
  await reader.expectChosen('Theme', 'Sepia');
});
