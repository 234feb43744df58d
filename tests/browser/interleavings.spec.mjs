// Deployments during page loads, file by file and in any order: a reader always sees a single release.
// OCTAVO_INTERLEAVINGS=200 node --test tests/browser/interleavings.spec.mjs runs more than CI does; OCTAVO_SEED repeats a run.
import assert from 'node:assert/strict';
import { markedBlog, marksIn, SLUGS } from './support/blog_releases.mjs';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { offlineSpec } from './support/chromium.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { idleWorkDone } from './support/offline_page_objects.mjs';
import { randomFrom } from './support/random.mjs';

const ROUNDS = Number(process.env.OCTAVO_INTERLEAVINGS ?? 12);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
const PATHS = ['', ...SLUGS.map((slug) => `posts/${slug}/`)];
const MARKS = ['release-a', 'release-b', 'release-c', 'release-d'];

const offlineTest = offlineSpec(() => startFaultyHost({ quality: 1 }), [], { timeout: TEST_TIMEOUT_MS + ROUNDS * LONGEST_WAIT_MS });

// The single steps from one release to another, in any order; some may take long.
function deploymentSteps(host, to, random) {
  const paths = [...new Set([...host.files.keys(), ...to.keys()])];
  for (let i = paths.length - 1; i > 0; --i) {
    const j = random(i + 1);
    [paths[i], paths[j]] = [paths[j], paths[i]];
  }
  return paths.map((path) => () => (to.has(path) ? host.files.set(path, to.get(path)) : host.files.delete(path)));
}

offlineTest(`${ROUNDS} loads between the steps of deployments show no mixture (seed ${SEED})`, async ({ page, site }) => {
  const random = randomFrom(SEED);
  const releases = [];
  for (const mark of MARKS) releases.push(await site.build(markedBlog(mark)));
  site.deploy(releases[0]);
  let steps = [];
  // A step happens with any request that the host gets.
  site.fault = () => {
    for (let i = random(6); i > 0; --i) steps.shift()?.();
    return false;
  };
  const seen = new Map();
  for (let round = 0; round < ROUNDS; ++round) {
    // Between deployments the site is whole for a while.
    if (steps.length === 0 && random(3) === 0) steps = deploymentSteps(site, releases[random(releases.length)], random);
    const path = PATHS[random(PATHS.length)];
    await page.goto(site.url + path).catch(() => null);
    await look(page, `${round}: ${path}`, seen);
    if (random(2) === 0) await followSomething(page, random);
    await look(page, `${round}: after a link from ${path}`, seen);
    // Every now and then somebody reads for so long that the worker has looked for another release.
    if (random(3) === 0) await workerHasLooked(page, site);
  }
  const looks = [...seen.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(looks >= ROUNDS, `only ${looks} looks at a page`);
  for (const step of steps.splice(0)) step();
  // Whatever happened before, a release that is deployed whole is found, and so is the next one.
  for (const release of [releases[1], releases[2]]) {
    for (const step of deploymentSteps(site, release, random)) step();
    await workerHasLooked(page, site);
    await page.goto(site.url);
    await look(page, 'in the end', seen);
    assert.deepEqual(marksIn(await page.title()), [MARKS[releases.indexOf(release)]]);
  }
  console.log('pages seen of each release:', JSON.stringify([...seen].sort()));
  assert.ok(seen.size >= 2, `only ${[...seen.keys()]} was met`);
});

// Resolves when a page that stays open has done its idle work, or has none because a deployment has taken its scripts away.
async function workerHasLooked(page, site) {
  const isScriptGone = (response) => response.status() >= 400 && /\.js$/.test(new URL(response.url()).pathname);
  const gone = page.waitForEvent('response', isScriptGone).catch(() => null);
  await page.goto(site.url).catch(() => null);
  await Promise.race([idleWorkDone(page), gone]).catch(() => null);
}

// At once, and when the reader has adopted the page or has given up.
async function look(page, where, seen) {
  const moments = [() => Promise.resolve(), () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))))];
  for (const moment of moments) {
    await moment();
    const marks = marksIn(await page.evaluate(() => document.title + (document.querySelector('#octavo_layer')?.textContent ?? '')));
    assert.ok(marks.length <= 1, `${where} shows ${marks.join(' and ')}`);
    for (const mark of marks) seen.set(mark, (seen.get(mark) ?? 0) + 1);
  }
}

async function followSomething(page, random) {
  const links = page.getByRole('link', { name: /^Post / });
  const count = await links.count();
  if (count > 0) await links.nth(random(count)).click({ timeout: 2000 }).catch(() => null);
}
