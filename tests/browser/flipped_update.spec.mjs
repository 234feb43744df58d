// A host whose new release has one flipped bit, in a browser that has the release before: that one runs on, whole, until the host is right.
//   OCTAVO_BROWSER_FLIPS=100 OCTAVO_SEED=7 node --test tests/browser/flipped_update.spec.mjs
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markedBlog, marksIn, markOf, SLUGS } from './support/blog_releases.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { copyReader } from './support/marked_reader.mjs';
import { ask, openAndSave, waitForText } from './support/offline_page_objects.mjs';
import { randomFrom } from './support/random.mjs';

const FLIPS = Number(process.env.OCTAVO_BROWSER_FLIPS ?? 3);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
// What an update loads, besides pages: not what is loaded later, or instead of single posts where many are missing.
const LOADED = /^(octavo\.json|index\.html|reader\.html|offline\.html|(assets|bundle)\/(?!conversation|release-list|release-pack).*)$/;

const offlineTest = offlineSpec(() => startFaultyHost(), [], { timeout: TEST_TIMEOUT_MS + FLIPS * LONGEST_WAIT_MS });

// A release in which every file is another one than in the others.
async function buildRelease(site, work, mark) {
  return site.build({ ...markedBlog(mark), readerFiles: await copyReader(join(work, mark), mark) });
}

// A bit of a file that the update from `former` to `next` loads: {path, bytes, bit}.
function chooseFlip(former, next, random) {
  const paths = [...next.keys()].filter((path) => LOADED.test(path) && !former.get(path)?.equals(next.get(path)));
  const path = paths[random(paths.length)];
  const bytes = Buffer.from(next.get(path));
  // What comes before that in octavo.json names the program that wrote it.
  const begin = path === 'octavo.json' ? bytes.indexOf('"index"') : 0;
  const bit = 8 * begin + random(8 * (bytes.length - begin));
  bytes[bit >> 3] ^= 1 << (bit & 7);
  return { path, bytes, bit };
}

const marksOnPage = async (page) => marksIn(await page.evaluate(() => document.title + document.body.textContent));

async function expectRelease(page, site, mark, slug) {
  await openAndSave(page, site.url);
  assert.deepEqual(await marksOnPage(page), [mark]);
  site.isDown = true;
  await page.goto(`${site.url}posts/${slug}/`);
  await waitForText(page, `${slug} of ${mark}`);
  assert.deepEqual(await marksOnPage(page), [mark]);
  site.isDown = false;
}

offlineTest(`${FLIPS} updates with one flipped bit: the release before runs on, whole (seed ${SEED})`, async ({ page, site }) => {
  const work = await mkdtemp(join(tmpdir(), 'octavo-readers-'));
  const random = randomFrom(SEED);
  const kinds = new Map();
  try {
    let former = await buildRelease(site, work, markOf(0));
    site.deploy(former);
    await openAndSave(page, site.url);
    for (let i = 1; i <= FLIPS; ++i) {
      const next = await buildRelease(site, work, markOf(i));
      const flip = chooseFlip(former, next, random);
      const name = `${flip.path}, bit ${flip.bit}, release ${i}`;
      site.deploy(new Map([...next, [flip.path, flip.bytes]]));
      const answer = await ask(page, { type: 'check', page: { path: '', buildId: '' } });
      assert.ok(answer.error, `${name}: ${JSON.stringify(answer)}`);
      await expectRelease(page, site, markOf(i - 1), SLUGS[random(SLUGS.length)]);
      // The host is right again. The next page is of the new release.
      site.deploy(next);
      await openAndSave(page, site.url);
      await expectRelease(page, site, markOf(i), SLUGS[random(SLUGS.length)]);
      former = next;
      const kind = flip.path.replace(/[./].*/, '');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  console.log(`${FLIPS} flips, all noticed: ${[...kinds].map(([kind, count]) => `${count} in ${kind}`).join(', ')}`);
});
