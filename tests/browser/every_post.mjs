// Opens every post of a folder of content in the reader, by hand: node tests/browser/every_post.mjs CONTENT
// Counts console errors, posts that the reader did not paint, and posts whose text in the reader differs from the static page's.
import { resolve } from 'node:path';
import { launchChromium } from './support/chromium.mjs';
import { postPaths, startSite } from './support/sample_site.mjs';

const content = process.argv[2];
if (content === undefined) throw new Error('which content? node tests/browser/every_post.mjs CONTENT');
const site = await startSite(() => resolve(content));
const browser = await launchChromium();
let problems = 0;
let opened = 0;
try {
  const context = await browser.newContext({ viewport: { width: 800, height: 400 } });
  // Written pages are read in a page of their own: the policy of the site's pages parses no HTML.
  const blank = await browser.newPage();
  // Images of other hosts cannot be loaded here and do not matter.
  await context.route((url) => url.origin !== new URL(site.url).origin, (route) => route.abort());
  for (const path of await postPaths(site.folder)) {
    await open(context, blank, path);
    opened += 1;
    if (opened % 50 === 0) console.log(`${opened} posts`);
  }
} finally {
  await browser.close();
  await site.stop();
}
console.log(`${opened} posts opened, ${problems} problems`);
process.exitCode = problems > 0 || opened === 0 ? 1 : 0;

function report(problem) {
  problems += 1;
  console.log(problem);
}

async function open(context, blank, path) {
  const page = await context.newPage();
  page.on('pageerror', (error) => report(`${path}: exception: ${error.message}`));
  page.on('console', (message) => {
    const isBlockedImage = /ERR_FAILED|Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isBlockedImage) report(`${path}: ${message.text()}`);
  });
  try {
    const response = await page.goto(new URL(path, site.url).href, { waitUntil: 'commit' });
    if (response.status() !== 200) report(`${path}: status ${response.status()}`);
    await page.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0);
    const [live, written] = await Promise.all([page.evaluate(textOf, null), response.text().then((html) => blank.evaluate(textOf, html))]);
    if (live !== written) report(`${path}: the text differs from the static page's ${firstDifference(live, written)}`);
  } catch (error) {
    report(`${path}: ${error.message.split('\n')[0]}`);
  }
  await page.close();
}

// Runs in the page: the article's text without white space, because HTML has some between blocks.
function textOf(html) {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  return page.querySelector('main').textContent.replace(/\s+/g, '');
}

function firstDifference(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) ++i;
  return `at ${i}: ${JSON.stringify(a.slice(i, i + 40))}, ${JSON.stringify(b.slice(i, i + 40))}`;
}
