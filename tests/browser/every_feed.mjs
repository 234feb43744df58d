// The text of every post in the feeds and in its static page, by hand: node tests/browser/every_feed.mjs CONTENT
// A feed holds the newest posts only, so the blog is built as of many days, each some posts before the last. CONTENT's home_page_url must be empty.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { launchChromium } from './support/chromium.mjs';
import { COMMAND, NOW, READER_FILES } from './support/sample_site.mjs';

const content = process.argv[2];
if (content === undefined) throw new Error('which content? node tests/browser/every_feed.mjs CONTENT');
const folder = await mkdtemp(join(tmpdir(), 'octavo-feeds-'));
const browser = await launchChromium();
const compared = new Set();
const problems = [];
try {
  const page = await browser.newPage();
  for (let day = NOW; day !== undefined; ) day = await compareAsOf(page, day);
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
console.log(problems.join('\n'));
console.log(`${compared.size} posts in feeds compared with their pages, ${problems.length} problems`);
process.exitCode = problems.length > 0 || compared.size === 0 ? 1 : 0;

// Returns the day of the oldest post in that day's feed; undefined when there is none older than `day`.
async function compareAsOf(page, day) {
  await promisify(execFile)(COMMAND, ['build', resolve(content), '--out', folder, '--reader-files', READER_FILES, '--now', day, '--no-cache', '--quiet']);
  const json = parseJsonFeed(await readFile(join(folder, 'feed.json'), 'utf8'));
  const atom = parseAtomFeed(await readFile(join(folder, 'feed.xml'), 'utf8'));
  for (const [i, item] of json.items.entries()) {
    if (compared.has(item.url)) continue;
    const html = await readFile(join(folder, item.url, 'index.html'), 'utf8');
    const [inPage, inJson, inAtom] = await page.evaluate(textsOf, [html, item.content_html ?? '', atom.entries[i].content?.value ?? '']);
    if (inJson !== inPage) problems.push(`${item.url}: feed.json differs ${firstDifference(inJson, inPage)}`);
    if (inAtom !== inPage) problems.push(`${item.url}: feed.xml differs ${firstDifference(inAtom, inPage)}`);
    compared.add(item.url);
  }
  const oldest = json.items.at(-1)?.date_published;
  if (oldest === undefined) return undefined;
  return new Date(oldest) < new Date(day) ? new Date(oldest).toISOString() : new Date(new Date(day) - 1000).toISOString();
}

// Runs in the page: texts without white space, because HTML has some between blocks.
function textsOf([html, ...fragments]) {
  const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
  const elements = [parse(html).querySelector('main .prose') ?? parse('').body, ...fragments.map((text) => parse(text).body)];
  return elements.map((element) => element.textContent.replace(/\s+/g, ''));
}

function firstDifference(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) ++i;
  return `at ${i}: ${JSON.stringify(a.slice(i, i + 40))}, ${JSON.stringify(b.slice(i, i + 40))}`;
}
