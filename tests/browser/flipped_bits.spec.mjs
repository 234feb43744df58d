// One flipped bit in what a host serves. The worker's own modules, in Node: no such byte is kept with a release, whichever file it is in.
//   OCTAVO_FLIPS=10000 OCTAVO_SEED=7 node --test tests/browser/flipped_bits.spec.mjs
import assert from 'node:assert/strict';
import { before, mock, test } from 'node:test';
import { longBlog } from './support/blog_releases.mjs';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { startFaultyHost } from './support/faulty_host.mjs';
import { randomFrom } from './support/random.mjs';
import { ROOT } from './support/sample_site.mjs';
import { installWorkerGlobals } from './support/worker_globals.mjs';

const FLIPS = Number(process.env.OCTAVO_FLIPS ?? 1000);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
const SCOPE = 'https://blog.example/';
const MANIFEST = 'octavo.json';

let worker;
let sites;
let files; // of the site that is served
let flip = null; // {path, bytes}
const read = new Set(); // paths that the worker has asked for

// What the worker keeps of a site that it installs and saves whole, and whether it has noticed anything.
class Worker {
  static async load() {
    installWorkerGlobals(SCOPE, (path) => {
      read.add(path);
      return flip?.path === path ? flip.bytes : files.get(path);
    });
    const folder = new URL('../../shell/service_worker/', import.meta.url);
    const load = (name) => import(new URL(name, folder));
    return new Worker(await load('releases.js'), await load('saved_posts.js'), await load('answers.js'));
  }

  constructor(releases, posts, answers) {
    this.releases = releases;
    this.posts = posts;
    this.answers = answers;
  }

  async forgetEverything() {
    for (const name of await caches.keys()) await caches.delete(name);
  }

  // Each returns what the worker has noticed, or null.
  async visit(page) {
    return (await this.installAndSave()) ?? this.openPage(page);
  }

  async installAndSave() {
    this.posts.forgetFailures();
    try {
      await this.releases.installFirstRelease();
    } catch (error) {
      return error;
    }
    while (await this.posts.saveNext('all'));
    const { failed } = await this.posts.savedStatus();
    return failed.length > 0 ? failed : null;
  }

  // Opens the page of a post over the network; returns what was noticed while it was kept, or null.
  async openPage(path) {
    const waits = [];
    const event = { preloadResponse: undefined, waitUntil: (work) => waits.push(work) };
    await (await this.answers.answerPage({ event, request: new Request(new URL(path, SCOPE)) })).arrayBuffer();
    try {
      await Promise.all(waits);
    } catch (error) {
      return error;
    }
    const release = await this.releases.currentRelease();
    return (await this.releases.releasePage(release, path)) === undefined ? 'the page is not kept' : null;
  }

  // Everything that is kept, by its path; without the worker's own notes.
  async kept() {
    const all = new Map();
    for (const name of (await caches.keys()).filter((each) => !each.endsWith(':state'))) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        all.set(url.slice(SCOPE.length), Buffer.from(await (await cache.match(url)).arrayBuffer()));
      }
    }
    return all;
  }
}

function fileOf(path) {
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

function flipped(bytes, bit) {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] ^= 1 << (bit & 7);
  return copy;
}

// What a reader of octavo.json takes from it. The name of the program that wrote it is for people.
function meaning(bytes) {
  const { version, index, total_rows, parts, build_id, release } = JSON.parse(bytes);
  return JSON.stringify({ version, index, total_rows, parts, build_id, release });
}

// Throws where bytes are kept that were not published; true where all that differs is harmless.
function check(kept, { where }) {
  let isHarmless = false;
  for (const [address, own] of kept) {
    const published = files.get(fileOf(address));
    if (published === undefined || own.equals(published)) continue; // not published: the mark that a release is whole
    assert.equal(address, MANIFEST, `${where}: ${address} is kept with other bytes`);
    assert.equal(meaning(own), meaning(published), `${where}: octavo.json says something else`);
    isHarmless = true;
  }
  return isHarmless;
}

// [files, path of the page that is opened, paths that the worker reads]: of a few posts it reads the files, of many the packs.
async function makeSites() {
  const host = await startFaultyHost();
  try {
    const many = longBlog(150);
    const settings = `${many.settings}\n[comments]\nendpoint = "https://comments.example/"\n`;
    const sites = [
      { files: await host.buildFolder(`${ROOT}assets/sample`), page: 'posts/reading-a-file/' },
      { files: await host.build({ ...many, settings }), page: 'posts/post-0042/' },
    ];
    for (const site of sites) site.paths = await pathsRead(site);
    return sites;
  } finally {
    await host.stop();
  }
}

async function pathsRead(site) {
  files = site.files;
  read.clear();
  await worker.forgetEverything();
  assert.equal(await worker.visit(site.page), null);
  return [...read];
}

before(async () => {
  mock.method(console, 'info', () => {}); // each file that is not saved
  worker = await Worker.load();
  sites = await makeSites();
});

test(`${FLIPS} single flipped bits: each is noticed, and none is kept with a release (seed ${SEED})`, { timeout: TEST_TIMEOUT_MS + FLIPS * 100 }, async () => {
  for (const kind of [/\.wasm$/, /octavo\.\w+\.js$/, /conversation\.\w+\.js$/, /release\./, /release-list/, /release-pack/, /index-\d/, /rows-/, /bundle\/posts/, /reader\.html/]) {
    assert.ok(sites.some(({ paths }) => paths.some((path) => kind.test(path))), `${kind} is read`);
  }
  const random = randomFrom(SEED);
  let harmless = 0;
  for (let i = 0; i < FLIPS; ++i) {
    // Each file as often as any other: most bits are those of the program.
    const site = sites[random(sites.length)];
    files = site.files;
    const path = site.paths[random(site.paths.length)];
    const bit = random(files.get(path).length * 8);
    flip = { path, bytes: flipped(files.get(path), bit), where: `${path}, bit ${bit}` };
    await worker.forgetEverything();
    const noticed = await worker.visit(site.page);
    const isHarmless = check(await worker.kept(), flip);
    if (isHarmless) ++harmless;
    assert.ok(isHarmless || noticed !== null, `${flip.where}: not noticed`);
    // With a good host everything is there.
    flip = null;
    assert.equal(await worker.visit(site.page), null);
    const { total, saved } = await worker.posts.savedStatus();
    assert.deepEqual([saved, total > 0], [total, true]);
  }
  const count = new Set(sites.flatMap(({ paths }) => paths)).size;
  console.log(`${FLIPS} flips in ${count} files: ${FLIPS - harmless} noticed, ${harmless} in what octavo.json says for people`);
  assert.ok(harmless < FLIPS / 20);
});

// What one member of octavo.json says in place of what was published.
const OTHER_MANIFESTS = {
  'another build': { build_id: '0123456789ab' },
  'more posts': { total_rows: 151 },
  'fewer posts': { total_rows: 130 },
  'no parts': { parts: undefined },
  'no index': { index: undefined },
  'an older version': { version: 1 },
};

for (const [name, change] of Object.entries(OTHER_MANIFESTS)) {
  test(`octavo.json with ${name} belongs to no release`, async () => {
    files = sites[1].files;
    await worker.forgetEverything();
    flip = { path: MANIFEST, bytes: Buffer.from(JSON.stringify({ ...JSON.parse(files.get(MANIFEST)), ...change })) };
    assert.notEqual(await worker.installAndSave(), null);
    assert.equal(await worker.releases.currentRelease(), null);
    flip = null;
    assert.equal(await worker.installAndSave(), null);
  });
}
