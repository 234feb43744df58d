// Screenshots of the sample blog for a person to look at, into build/shots: list and posts, three widths, light and dark, ratio 1
// and 2, as the reader paints them and, with --static, as the pages are without it. Further arguments are paths to shoot instead.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './support/chromium.mjs';
import { ROOT, startSampleSite } from './support/sample_site.mjs';
import { ReaderPage } from './reader_page.mjs';

const PATHS = ['', 'posts/every-element/', 'posts/many-scripts/', 'posts/right-to-left/', 'posts/reading-a-file/', 'tags/testing/'];
const WIDTHS = [360, 768, 1440];

const { values, positionals } = parseArgs({ options: { static: { type: 'boolean', default: false } }, allowPositionals: true });
const paths = positionals.length > 0 ? positionals : PATHS;
const folder = join(ROOT, 'build/shots');
await mkdir(folder, { recursive: true });
const site = await startSampleSite();
const browser = await launchChromium();
try {
  for (const width of WIDTHS) {
    for (const ratio of [1, 2]) {
      for (const colorScheme of ['light', 'dark']) await shootAll({ width, ratio, colorScheme });
    }
  }
} finally {
  await browser.close();
  await site.stop();
}

async function shootAll({ width, ratio, colorScheme }) {
  const viewport = { width, height: width < 600 ? 740 : 900 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: ratio, colorScheme, javaScriptEnabled: !values.static });
  const page = await context.newPage();
  const reader = new ReaderPage(page, site.url);
  for (const path of paths) {
    await (values.static ? reader.openStatic(path) : reader.open(path));
    if (!values.static) await reader.settle();
    const name = `${path.replace(/\/$/, '').replaceAll('/', '_') || 'list'}-${width}-${ratio}x-${colorScheme}`;
    await page.screenshot({ path: join(folder, `${name}${values.static ? '-static' : ''}.png`) });
  }
  await context.close();
  console.log(`${width} px, ratio ${ratio}, ${colorScheme}: ${paths.length} images`);
}
