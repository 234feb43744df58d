// The text of the blog on the device: how much of it is here, getting the rest a piece at a time, and removing it.

/** @import { Extent, FailureReason, WorkerAnswer } from '../site/worker_messages.d.ts' */
/** @import { Work } from './post_files.js' */
/** @import { Pack, Release, Row } from './release.d.ts' */

import { nameOf } from '../site/errors.js';
import { FileProblem } from './checked_fetch.js';
import { pinnedSlugs, renewImages } from './pinned_images.js';
import { fileText, storedFiles, loadFile, missingWork, MISSING_FOR_PACK, NO_PACK, packsOf, rowFileWork } from './post_files.js';
import { knownRows, loadIndex, pageRowsOf, rowFilesOf, rowOf, rowsOf } from './release_index.js';
import { currentRelease } from './releases.js';
import { FILES, MEDIA, PINNED, absolute, readState, releaseCacheName, withCacheLock, writeState } from './site.js';

// What is saved without being asked for: the text of a large blog, 3 to 4 MB on the wire.
const AUTOMATIC_BYTES = 16 * 1024 * 1024;
const FILES_PER_STEP = 16;

// Of this run of the worker: what could not be had, path -> reason. It is tried again when the worker starts anew or is told to.
/** @type {Map<string, FailureReason>} */
const failed = new Map();

// ---- What is here ----------------------------------------------------------------------------------------------------------

// `total` and `saved` count posts and pages, `pages` are those among them; `bytes` are those of everything kept for this site, `failed`
// is [[path, reason]...], `images` counts those of `pinned` posts, and `extent` is what the reader has chosen: 'all', 'none' or null.
/** @type {() => Promise<WorkerAnswer>} */
export async function savedStatus() {
  const release = await currentRelease();
  const extent = await readState('extent');
  if (release === null) return { total: 0, saved: 0, pages: 0, bytes: 0, failed: [], images: 0, pinned: [], extent };
  const here = await storedFiles();
  const pages = await pageRowsOf(release);
  return {
    total: release.root.posts + pages.length,
    saved: [...(await knownRows(release)), ...pages].filter(({ body }) => here.has(absolute(body.url))).length,
    pages: pages.length,
    bytes: await keptBytes(release),
    failed: [...failed],
    images: (await (await caches.open(PINNED)).keys()).length,
    pinned: [...(await pinnedSlugs())],
    extent,
  };
}

/** @type {(release: Release) => Promise<number>} */
async function keptBytes(release) {
  let sum = 0;
  for (const name of [FILES, MEDIA, PINNED, releaseCacheName(release.id)]) {
    const cache = await caches.open(name);
    for (const response of await cache.matchAll()) sum += Number(response.headers.get('content-length'));
  }
  return sum;
}

// ---- Saving ----------------------------------------------------------------------------------------------------------------

// Gets the next piece; resolves to whether there may be another one. `wish` 'all' is the reader's own and stays; 'usual' is what is
// saved without being asked for, unless the reader has chosen.
/** @type {(wish: Extent) => Promise<boolean>} */
export function saveNext(wish) {
  return withCacheLock(async () => {
    const release = await currentRelease();
    if (release === null) return false;
    try {
      if (wish === 'all') await writeState('extent', 'all');
    } catch (error) {
      return noteFailure('', error);
    }
    const extent = (await readState('extent')) ?? wish;
    if (extent === 'none') return false;
    const packs = wantedPacks(release, extent);
    const rows = await rowsOf(release);
    return rows === null ? saveRows(release, packs) : saveMissing(release, rows, packs);
  });
}

// The text of the post or page at this path, if the release's list is here and the text is not.
/** @type {(path: string) => Promise<void>} */
export async function fetchPost(path) {
  const release = await currentRelease();
  const body = release === null ? undefined : (await rowOf(release, path))?.body;
  if (body !== undefined && (await fileText(body.url)) === undefined) await loadFile(body.url, body.integrity);
}

// Posts that are read from now on are kept, but nothing is saved unasked.
/** @type {() => Promise<void>} */
export function removeSaved() {
  return withCacheLock(async () => {
    await writeState('extent', 'none');
    await writeState('pinned', []);
    await Promise.all([caches.delete(MEDIA), caches.delete(PINNED)]);
    const release = await currentRelease();
    const names = release === null ? [FILES] : [FILES, releaseCacheName(release.id)];
    for (const name of names) await deleteBelow(await caches.open(name), ['bundle/posts/', 'posts/']);
    failed.clear();
  });
}

/** @type {(cache: Cache, folders: string[]) => Promise<void>} */
async function deleteBelow(cache, folders) {
  for (const request of await cache.keys()) {
    if (folders.some((folder) => request.url.startsWith(absolute(folder)))) await cache.delete(request);
  }
}

export function forgetFailures() {
  failed.clear();
}

// The newest first.
/** @type {(release: Release, extent: Extent) => Pack[]} */
function wantedPacks({ root }, extent) {
  let sum = 0;
  return packsOf(root)
    .reverse()
    .filter(({ bytes }) => extent === 'all' || (sum += bytes) <= AUTOMATIC_BYTES);
}

// Before all rows are known: packs, which bring them along, and what is in no pack that is wanted.
/** @type {(release: Release, packs: Pack[]) => Promise<boolean>} */
async function saveRows(release, packs) {
  try {
    await loadIndex(release); // the browser may have thrown it away
  } catch (error) {
    noteFailure(release.manifest.index.url, error);
    return false;
  }
  const wanted = packs.filter(({ url }) => !failed.has(url));
  const work = rowFileWork(await rowFilesOf(release), wanted, await storedFiles(), MISSING_FOR_PACK).filter(({ path }) => !failed.has(path));
  return saveSome(work);
}

/** @type {(release: Release, rows: Row[], packs: Pack[]) => Promise<boolean>} */
async function saveMissing(release, rows, packs) {
  const numbers = new Set([NO_PACK, ...packs.map(({ number }) => number)]);
  const work = missingWork(release, rows, await pageRowsOf(release), await storedFiles()).filter(({ pack, path }) => numbers.has(pack) && !failed.has(path));
  if (work.length === 0) await renewImages();
  return saveSome(work);
}

// One pack or a few files; resolves to whether there may be more to do.
/** @type {(work: Work[]) => Promise<boolean>} */
async function saveSome(work) {
  /** @type {(work: Work) => boolean} */
  const isPack = ({ path }) => path.endsWith('.jsonl');
  for (const { path, load } of work.slice(0, work.some(isPack) ? work.findIndex(isPack) + 1 : FILES_PER_STEP)) {
    try {
      await load();
    } catch (error) {
      if (!noteFailure(path, error)) return false;
    }
  }
  return work.length > 0;
}

// False when trying other files makes no sense: no network, no room.
/** @type {(path: string, error: unknown) => boolean} */
function noteFailure(path, error) {
  const reason = nameOf(error) === 'QuotaExceededError' ? 'full' : error instanceof FileProblem ? error.reason : 'network';
  failed.set(path, reason);
  console.info(`octavo: not saved (${reason}):`, path);
  return reason !== 'full' && reason !== 'network';
}
