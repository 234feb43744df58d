// What the reader's adoption moves on every page of a site, by hand: node tests/browser/adopt_every_page.mjs CONTENT [--every N] [--width W,...]
// Each post is opened at each width and its words' places are compared before and after (support/adoption.mjs).
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './support/chromium.mjs';
import { postPaths, startSite } from './support/sample_site.mjs';
import { problemsOf, adopt } from './support/adoption.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' }, width: { type: 'string', default: '360,768,1440' } },
});
if (positionals.length !== 1) throw new Error('which content? node tests/browser/adopt_every_page.mjs CONTENT [--every N] [--width W,...]');
const site = await startSite(() => resolve(positionals[0]));
const browser = await launchChromium();
const widths = values.width.split(',').map(Number);
const IMAGE = { contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
let problems = 0;
let pages = 0;
try {
  const posts = (await postPaths(site.folder)).filter((path, i) => i % Number(values.every) === 0);
  for (const path of ['', ...posts]) {
    for (const width of widths) {
      const found = await check(path, width);
      problems += found.length;
      for (const problem of found) console.log(problem);
    }
    pages += 1;
    if (pages % 50 === 0) console.log(`${pages} pages`);
  }
} finally {
  await browser.close();
  await site.stop();
}
console.log(`${pages} pages at ${widths.join(', ')} CSS pixels, ${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;

async function check(path, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  // Images of other hosts, and those that the folder lacks, cannot be loaded here. An image without intrinsic size replaces each.
  await context.route((url) => url.origin !== new URL(site.url).origin, (route) => route.fulfill(IMAGE));
  await context.route(/\.(png|jpe?g|gif|svg|webp)$/i, async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill(response.ok() ? { response } : IMAGE);
    } catch {
      // The page has been closed in the meantime.
    }
  });
  try {
    const page = await context.newPage();
    const found = problemsOf(await adopt(page, new URL(path, site.url).href));
    return found.map((problem) => `${path} at ${width}: ${problem}`);
  } catch (error) {
    return [`${path} at ${width}: ${error.message.split('\n')[0]}`];
  } finally {
    await context.close();
  }
}
