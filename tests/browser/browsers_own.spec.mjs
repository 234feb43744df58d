// What the browser does by itself on a plain page, it does in the reader, too: selection, copying, finding, links, fragments, zoom, reader
// mode. Wherever it can be, the measure is the same page without its program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { launchChromium, specFor } from './support/chromium.mjs';
import { watchListeners } from './support/listeners.mjs';
import { ROOT, startSampleSite } from './support/sample_site.mjs';
import { inkIn } from './support/screenshot.mjs';
import { ReaderGestures } from './reader_gestures.mjs';

const gesturesTest = specFor(startSampleSite);
const pageTest = (name, body, options) =>
  gesturesTest(name, (fixtures) => body({ ...fixtures, reader: new ReaderGestures(fixtures.page, fixtures.site.url) }), options);

const ELEMENTS_PATH = 'posts/every-element/';
const SCRIPTS_PATH = 'posts/many-scripts/';
const FILE_PATH = 'posts/reading-a-file/';
const PATHS = [ELEMENTS_PATH, SCRIPTS_PATH, FILE_PATH, 'posts/right-to-left/', 'posts/small-screens/'];

// The same page for a reader without scripts, beside the live one.
async function openBoth({ context, reader, site }, path) {
  const plainPage = await context.newPage();
  await plainPage.route('**/*.js', (route) => route.abort());
  const plain = new ReaderGestures(plainPage, site.url);
  await plain.openStatic(path);
  await reader.page.bringToFront();
  await reader.open(path);
  await reader.settle();
  return { plain, live: reader };
}

// ---- Selection -------------------------------------------------------------------------------------------------------

pageTest('everything selected is the text of the static page', async (fixtures) => {
  for (const path of PATHS) {
    const { plain, live } = await openBoth(fixtures, path);
    const expected = await plain.selectAllOfArticle();
    assert.ok(expected.length > 400, path);
    assert.equal(await live.selectAllOfArticle(), expected, path);
    await plain.page.close();
  }
});

pageTest('dragging and clicking select what they select on the static page', async (fixtures) => {
  const { plain, live } = await openBoth(fixtures, FILE_PATH);
  const words = await live.wordsOfParagraphs(3);
  assert.ok(words.length > 12);
  for (const [from, to] of [[words[0], words[4]], [words[2], words.at(-2)], [words.at(-2), words[2]]]) {
    const expected = await plain.dragOver(from, to);
    assert.ok(expected.length > 0, `${from} to ${to}`);
    assert.equal(await live.dragOver(from, to), expected, `${from} to ${to}`);
  }
  for (const clicks of [2, 3]) {
    const expected = await plain.clickOn(words[6], clicks);
    assert.ok(expected.length > 0);
    assert.equal(await live.clickOn(words[6], clicks), expected, `${clicks} clicks`);
  }
}, { context: { viewport: { width: 1200, height: 1400 } } });

pageTest('a drag over margins, images and code goes no further than on the static page', async (fixtures) => {
  const { plain, live } = await openBoth(fixtures, ELEMENTS_PATH);
  for (const selector of ['pre', 'figure, img', 'blockquote']) {
    const expected = await plain.dragThrough(selector);
    assert.equal(await live.dragThrough(selector), expected, selector);
  }
});

pageTest('the keyboard extends a selection by words and to the end of the line', async (fixtures) => {
  const { plain, live } = await openBoth(fixtures, FILE_PATH);
  const [word] = await live.wordsOfParagraphs(1);
  for (const keys of [['Shift+End'], ['Control+Shift+ArrowRight', 'Control+Shift+ArrowRight'], ['Shift+ArrowDown', 'Shift+ArrowDown']]) {
    const expected = await plain.extendFrom(word, keys);
    assert.ok(expected.length > 2, keys.join());
    assert.equal(await live.extendFrom(word, keys), expected, keys.join());
  }
});

// ---- Copying ---------------------------------------------------------------------------------------------------------

pageTest('what is copied is text without soft breaks, and markup with links, headings and code', async (fixtures) => {
  await fixtures.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { plain, live } = await openBoth(fixtures, ELEMENTS_PATH);
  await plain.page.bringToFront();
  const expected = await plain.copyArticle();
  await live.page.bringToFront();
  const copied = await live.copyArticle();
  assert.deepEqual(copied.lines, expected.lines);
  assert.ok(copied.lines.some((line) => line.length > 200), 'no paragraph is one line');
  for (const markup of [/<h2[ >]/, /<a [^>]*href="http/, /<code[ >]/, /<li[ >]/]) assert.match(copied.html, markup);
  assert.doesNotMatch(copied.html, /transparent|style=|class=/, 'how the page looks is nothing to paste');
});

// ---- Finding ---------------------------------------------------------------------------------------------------------

pageTest('find-in-page finds as often as on the static page, and marks what is painted', async (fixtures) => {
  const { plain, live } = await openBoth(fixtures, FILE_PATH);
  const phrase = await live.phraseOverLines();
  for (const text of ['the', 'file', 'std::', phrase]) {
    const expected = await plain.countMatches(text);
    assert.ok(expected > 0, text);
    assert.equal(await live.countMatches(text), expected, text);
  }
  const box = await live.boxOfMatch('file');
  assert.ok((await inkIn(live.page, box)) > 0.04, 'nothing is painted where the match is');
});

// ---- Links -----------------------------------------------------------------------------------------------------------

pageTest('modified clicks open tabs and windows, and nothing prevents them', async ({ page, context, reader }) => {
  await reader.open('');
  await reader.recordPrevented(['click', 'auxclick', 'contextmenu', 'mousedown', 'selectstart', 'dragstart']);
  const link = reader.link('Many scripts, one article');
  for (const options of [{ button: 'middle' }, { modifiers: ['Control'] }, { modifiers: ['Shift'] }]) {
    const opened = context.waitForEvent('page');
    await link.click(options);
    const other = await opened;
    await other.waitForURL(reader.address(SCRIPTS_PATH));
    await other.close();
  }
  await link.click({ button: 'right' });
  await page.keyboard.press('Escape');
  const events = await reader.recordedEvents();
  assert.deepEqual(events.filter(({ prevented }) => prevented), []);
  assert.ok(['click', 'auxclick', 'contextmenu'].every((type) => events.some((event) => event.type === type)));
  await reader.expectPath('');
});

// Another name of the same server is another origin. Tests' Chromium has no back/forward cache.
pageTest('back from another site leads to the old place', async ({ page, reader, site }) => {
  await reader.open(ELEMENTS_PATH);
  await reader.scrollTo(700);
  await page.goto(new URL('offline.html', site.url.replace('127.0.0.1', 'localhost')).href);
  await page.goBack();
  await reader.waitUntilLive();
  await reader.expectScrollY(700);
});

pageTest('a link and an image are dragged with their addresses', async ({ reader }) => {
  await reader.open(ELEMENTS_PATH);
  const link = await reader.dragOut('main a[href^="http"]');
  assert.equal(link.dragged, link.address);
  const image = await reader.dragOut('main img');
  assert.equal(image.dragged, image.address);
});

// ---- Addresses -------------------------------------------------------------------------------------------------------

pageTest('a fragment leads to its heading, at the start and within the page', async ({ page, reader }) => {
  await reader.open(`${ELEMENTS_PATH}#tables`);
  await reader.expectNearTop('tables');
  await page.evaluate(() => {
    location.hash = '#lists';
  });
  await reader.expectNearTop('lists');
});

pageTest('a text fragment leads to its words and the adoption leaves them there', async ({ reader }) => {
  await reader.open(`${SCRIPTS_PATH}#:~:text=${encodeURIComponent('свободными')}`);
  await reader.settle();
  await reader.expectVisible('свободными');
  assert.ok((await reader.scrollY()) > 100);
});

// ---- Zoom and scrolling ----------------------------------------------------------------------------------------------

pageTest('pinch zoom is the browser\'s own', async ({ page, context, reader }) => {
  await reader.open(SCRIPTS_PATH);
  const before = await reader.canvasGeometry();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await page.waitForFunction(() => Math.abs(window.visualViewport.scale - 2) < 0.01);
  await reader.settle();
  const after = await reader.canvasGeometry();
  assert.deepEqual(after.backing, before.backing, 'pinching lays nothing out anew');
  assert.ok(after.coversWindow);
});

pageTest('scrolling changes nothing in the DOM, and the canvas goes with the text', async ({ page, context, reader }) => {
  await watchListeners(page);
  await reader.open(SCRIPTS_PATH);
  await reader.settle();
  await reader.watchMutations();
  const session = await context.newCDPSession(page);
  const before = await reader.canvasAgainstText();
  // The main thread sleeps half a second in the middle of the fling: only the compositor moves, and it moves both.
  const fling = session.send('Input.synthesizeScrollGesture', { x: 600, y: 400, yDistance: -700, speed: 1400, gestureSourceType: 'mouse' });
  await Promise.all([fling, reader.blockMainThread(500)]);
  await reader.settle();
  assert.ok((await reader.scrollY()) > 100);
  assert.equal(await reader.canvasAgainstText(), before, 'canvas and text have come apart');
  assert.deepEqual(await reader.mutations(), []);
  assert.deepEqual(await reader.blockingListeners(), []);
});

// ---- Reader mode, language, direction --------------------------------------------------------------------------------

// Readability empties the scripts of its own copy of the page, which the policy notes.
pageTest('reader mode accepts every post, with the whole text', async ({ reader }) => {
  const source = await readFile(`${ROOT}/node_modules/@mozilla/readability/Readability.js`, 'utf8');
  for (const path of PATHS) {
    await reader.open(path);
    const { readable, missing } = await reader.readInReaderMode(source);
    assert.ok(readable, path);
    assert.deepEqual(missing, [], path);
  }
}, { errors: [/requires 'TrustedScript'/] });

pageTest('language and direction are those of the static page', async (fixtures) => {
  for (const path of ['', 'posts/right-to-left/', SCRIPTS_PATH]) {
    const { plain, live } = await openBoth(fixtures, path);
    const expected = await plain.languages();
    assert.ok(expected.length > 0);
    assert.deepEqual(await live.languages(), expected, path);
    await plain.page.close();
  }
});

// ---- Back/forward cache: Playwright switches it off, so this has a browser of its own ------------------------------------

pageTest('a page comes back from the back/forward cache and is alive', async ({ site }) => {
  const browser = await launchChromium([], ['--disable-back-forward-cache']);
  try {
    // A worker that claims the site on a first visit evicts pages from the cache.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const reader = new ReaderGestures(page, site.url);
    await page.addInitScript(() => addEventListener('pageshow', (event) => { window.cameFromCache = event.persisted; }));
    await reader.open(SCRIPTS_PATH);
    await page.goto(reader.address('feed.json'));
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => window.cameFromCache === true);
    await reader.follow('typography');
    await reader.expectHeading('Posts tagged “typography”');
  } finally {
    await browser.close();
  }
});
