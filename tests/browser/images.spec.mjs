// Photographs of several sizes: the browser takes the one that its screen needs, static page and reader request the same one, and an image
// that is kept for reading without a network is shown on any screen.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { specFor } from './support/chromium.mjs';
import { photograph } from './support/photograph.mjs';
import { startSite } from './support/sample_site.mjs';
import { problemsOf, adopt } from './support/adoption.mjs';

const PATH = 'posts/photograph/';
const FILE = /\/media\/wide\.[0-9a-f]{8}(-\d+)?\.png$/;
const imageTest = specFor(() => startSite(preparePhotograph));

async function preparePhotograph(work, url) {
  const content = join(work, 'photographs');
  await mkdir(join(content, 'content'), { recursive: true });
  await writeFile(join(content, 'octavo.toml'), `title = "Photographs"\nhome_page_url = "${url}"\n`);
  await writeFile(join(content, 'content/wide.png'), photograph(2000, 1000));
  await writeFile(join(content, 'content/photograph.md'), '---\ntitle: A photograph\ndate: 2024-01-01\n---\n\nAbove it.\n\n![Wide](wide.png "Seen from afar")\n\nBelow it.\n');
  return content;
}

for (const [width, ratio, form] of [[400, 1, '-480'], [400, 2, '-960'], [1440, 1, '-960'], [1440, 2, '-1440'], [1440, 3, '']]) {
  imageTest(
    `a window of ${width} at ratio ${ratio} loads one variant, which the reader keeps showing, and nothing moves`,
    async ({ page, reader }) => {
      const asked = [];
      page.on('request', (request) => FILE.test(request.url()) && asked.push(request.url().match(FILE)[1] ?? ''));
      assert.deepEqual(problemsOf(await adopt(page, reader.address(PATH))), []);
      await page.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0));
      assert.deepEqual(asked, [form]);
      const shown = await page.evaluate(() => document.querySelector('#octavo_layer img').currentSrc);
      assert.equal(shown.match(FILE)?.[1] ?? '', form);
    },
    { context: { viewport: { width, height: 900 }, deviceScaleFactor: ratio } },
  );
}

imageTest('the reader has the image of the static page, attribute by attribute', async ({ page, context, reader }) => {
  const attributes = (on) => on.evaluate(() => [...document.querySelector('figure img').attributes].filter(({ name }) => name !== 'style').map(({ name, value }) => [name, value]));
  await reader.open(PATH);
  const taken = await attributes(page);
  const still = await context.browser().newContext({ javaScriptEnabled: false });
  const plain = await still.newPage();
  await plain.goto(reader.address(PATH));
  assert.deepEqual(taken, await attributes(plain));
  await still.close();
  assert.match(Object.fromEntries(taken).srcset, /-480\.png 480w, .*-960\.png 960w, .*-1440\.png 1440w, .*\.png 2000w$/);
  // The reader makes this page, after a detour.
  await page.goto(reader.address(''));
  await reader.open('');
  await page.getByRole('link', { name: 'A photograph' }).first().click();
  await page.waitForFunction(() => document.querySelector('#octavo_layer figure img') !== null);
  const made = await attributes(page);
  assert.deepEqual([...made].sort(), [...taken].sort());
});
