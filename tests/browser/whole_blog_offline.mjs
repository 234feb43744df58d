// Saves a whole blog by one visit, takes the network away and opens every post, each on a page of its own. By hand, since a large blog
// takes half an hour:  node tests/browser/whole_blog_offline.mjs CONTENT [--posts N]
// Says what the visit cost on the wire (Brotli 11, as static hosts compress) and which posts did not open.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { keptStatus, openAndSave } from './support/offline_page_objects.mjs';

const { values, positionals } = parseArgs({ options: { posts: { type: 'string' } }, allowPositionals: true });
if (positionals.length !== 1) throw new Error('which content? node tests/browser/whole_blog_offline.mjs CONTENT');
const host = await startFaultyHost({ quality: 11 });
const browser = await launchChromium();
// No policy forbids this page to parse markup.
const blank = await (await browser.newContext()).newPage();
const problems = [];
let opened = 0;
try {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  host.deploy(await host.buildFolder(resolve(positionals[0])));
  // Compressed beforehand: a host that is silent for half a minute counts as dead.
  for (const path of host.files.keys()) {
    if (path.startsWith('bundle/release-pack')) await (await fetch(host.url + path, { headers: { 'accept-encoding': 'br' } })).arrayBuffer();
  }
  host.log.length = 0;
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await openAndSave(page, host.url);
  const status = await keptStatus(page);
  console.log(`first visit: ${host.log.length} requests, ${host.bytes()} bytes on the wire; ${status.saved} of ${status.total} posts saved`);
  console.log(`  text of posts and lists: ${sizeOf(/^bundle\//)}, program: ${sizeOf(/^assets\//)}, pages and the rest: ${sizeOf(/^(?!bundle|assets)/)}`);
  await page.close();
  host.log.length = 0;
  host.isDown = true;
  for (const path of [...host.files.keys()].filter((file) => /^posts\/.*\/index\.html$/.test(file)).slice(0, Number(values.posts ?? Infinity))) {
    await open(context, path.replace(/index\.html$/, ''));
    if (++opened % 50 === 0) console.log(`${opened} posts, ${problems.length} problems`);
  }
} finally {
  await browser.close();
  await host.stop();
}
console.log(problems.join('\n'));
console.log(`${opened} posts opened without a network, ${problems.length} problems`);
process.exitCode = problems.length > 0 || opened === 0 ? 1 : 0;

function sizeOf(pattern) {
  return host.log.filter(({ path }) => pattern.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}

// The text on the page is compared with that of the static page, which the test has and the browser has not.
async function open(context, path) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(host.url + path, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0);
    const html = host.files.get(`${path}index.html`).toString();
    const texts = [await page.evaluate(textOf, null), await blank.evaluate(textOf, html)];
    if (texts[0] !== texts[1]) problems.push(`${path}: ${texts[0].length} letters of text, ${texts[1].length} on the static page`);
  } catch (error) {
    problems.push(`${path}: ${error.message.split('\n')[0]}`);
  }
  await page.close();
}

// Runs in the page: the article's text without white space, because HTML has some between blocks.
function textOf(html) {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  return page.querySelector('main').textContent.replace(/\s+/g, '');
}
