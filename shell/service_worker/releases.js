// Releases: one cache each. A release counts only when it is whole. The entry that makes it whole is put into its cache last. Until then
// the previous release goes on working. The next installation deletes what an interrupted one has left.
//
//   current   answers requests
//   staged    is whole and waits until a page is opened anew
//   previous  keeps its files for pages that are still open

/** @import { FileReference, Manifest, PageHash, Release } from './release.d.ts' */
/** @typedef {{ id: string, text: string, manifest: Manifest }} FetchedManifest */

import { BUNDLE_VERSION as VERSION, ROWS_PER_PART } from '#constants';
import { FileProblem, digitsOf, fetchChecked, fetchText } from './checked_fetch.js';
import { deferredFiles, fileText, loadFile, missingWork, packsOf, storedFiles } from './post_files.js';
import { indexFilesOf, loadIndex, loadRows, pageRowsOf, partOf, rowFilesOf, rowOf, rowsOf } from './release_index.js';
import { FILES, PREFIX, absolute, pathOf, readState, releaseCacheName, withCacheLock, writeState } from './site.js';

const MANIFEST = 'octavo.json';
// Its name has the version: a release that another version of this worker has kept counts as none.
const SEAL = `octavo-release-${VERSION}`;

// ---- What there is ---------------------------------------------------------------------------------------------------------

// {id, manifest, root} or null. `root` is the release list (assets/schemas/release.schema.json).
/** @type {() => Promise<Release | null>} */
export async function currentRelease() {
  return openRelease((await readState('current')) ?? '');
}

/** @type {() => Promise<Release | null>} */
export async function stagedRelease() {
  return openRelease((await readState('staged')) ?? '');
}

/** @type {(id: string) => Promise<Release | null>} */
async function openRelease(id) {
  if (id === '' || !(await caches.has(releaseCacheName(id)))) return null;
  const cache = await caches.open(releaseCacheName(id));
  const seal = await cache.match(absolute(SEAL));
  return seal === undefined ? null : seal.json();
}

// A page or icon of the release; undefined if it has none at this path.
/** @type {(release: Release, path: string) => Promise<Response | undefined>} */
export async function releasePage(release, path) {
  const cache = await caches.open(releaseCacheName(release.id));
  return cache.match(absolute(path), { ignoreVary: true });
}

/** @type {(release: Release, path: string, response: Response) => Promise<void>} */
export async function storeReleasePage(release, path, response) {
  const cache = await caches.open(releaseCacheName(release.id));
  await cache.put(absolute(path), response);
}

// ---- Getting one -----------------------------------------------------------------------------------------------------------

// Makes the site's release the current one if there is no current one yet. Rejects when the release cannot be loaded whole.
/** @type {() => Promise<void>} */
export function installFirstRelease() {
  return withCacheLock(async () => {
    if ((await currentRelease()) !== null) return;
    const release = await stage(await fetchManifest(), null);
    await writeState('current', release.id);
  });
}

// Checks whether the site has another release, and stages it. Resolves to the staged release or null. Rejects when a release cannot be
// loaded whole; then nothing has changed.
/** @type {() => Promise<Release | null>} */
export function checkForRelease() {
  return withCacheLock(async () => {
    const manifest = await fetchManifest();
    const current = await currentRelease();
    if (current === null) {
      await writeState('current', (await stage(manifest, null)).id); // the browser has thrown away what made it whole
      return null;
    }
    const staged = await stagedRelease();
    if (manifest.id === staged?.id) return staged;
    if (manifest.id === current.id) {
      await dropStaged(staged);
      await repair(current);
      return null;
    }
    const release = await stage(manifest, current);
    await dropStaged(staged);
    await writeState('staged', release.id);
    return release;
  });
}

// The staged release, if there is one, answers from now on.
/** @type {() => Promise<boolean>} */
export async function promoteStaged() {
  if ((await readState('staged')) === null) return false;
  return withCacheLock(async () => {
    const staged = await stagedRelease();
    if (staged === null) return false;
    await writeState('previous', await readState('current'));
    await writeState('current', staged.id);
    await writeState('staged', null);
    return true;
  });
}

/** @type {(staged: Release | null) => Promise<void>} */
async function dropStaged(staged) {
  if (staged === null) return;
  await writeState('staged', null);
  await caches.delete(releaseCacheName(staged.id));
}

/** @type {() => Promise<FetchedManifest>} */
async function fetchManifest() {
  const text = await fetchText(MANIFEST);
  const manifest = JSON.parse(text);
  if (manifest.version !== VERSION || !manifest.release) throw new Error('octavo.json names no release of this version');
  return { id: digitsOf(manifest.release.integrity), text, manifest };
}

/** @type {(fetched: FetchedManifest, former: Release | null) => Promise<Release>} */
async function stage({ id, text, manifest }, former) {
  const name = releaseCacheName(id);
  await caches.delete(name);
  try {
    const { bytes } = await fetchChecked(manifest.release.url, manifest.release.integrity);
    const release = { id, manifest, root: JSON.parse(new TextDecoder().decode(bytes)) };
    if (release.root.version !== VERSION) throw new Error('the release is not of this version');
    if (!belongTogether(release)) throw new FileProblem('mismatch', MANIFEST);
    const cache = await caches.open(name);
    await addFiles(release.root.files);
    await addDeferred(release, former);
    await addPages(release, former, cache);
    await addPosts(release, former);
    if (former !== null) await copyUnchangedPages(release, former);
    await cache.put(absolute(MANIFEST), new Response(text, { headers: { 'content-type': 'application/json' } }));
    await cache.put(absolute(SEAL), Response.json(release));
    return release;
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

// No hash covers octavo.json, so what it says beside hashes must be what the list says. A damaged one would be kept with the release.
/** @type {(release: Pick<Release, 'manifest' | 'root'>) => boolean} */
function belongTogether({ manifest, root }) {
  const { build_id, index, total_rows, parts = [] } = manifest;
  const hasItsIndex = index?.integrity?.startsWith(`sha256-${root.index}`) && parts.length === Math.ceil(root.posts / ROWS_PER_PART);
  return hasItsIndex && build_id === root.build_id && total_rows === root.posts;
}

/** @type {(wanted: FileReference[]) => Promise<void>} */
async function addFiles(wanted) {
  const files = await caches.open(FILES);
  for (const { url, integrity } of wanted) {
    if ((await files.match(absolute(url))) === undefined) await files.put(absolute(url), (await fetchChecked(url, integrity)).response);
  }
}

// A reader who has the program of the conversation can write without a network with the next release, too.
/** @type {(release: Release, former: Release | null) => Promise<void>} */
async function addDeferred({ root }, former) {
  const here = await storedFiles();
  const isUsed = former !== null && deferredFiles(former.root).every(({ url }) => here.has(absolute(url)));
  if (isUsed) await addFiles(deferredFiles(root));
}

// Loads what the browser has thrown away of a release that the site still has.
/** @type {(release: Release) => Promise<void>} */
async function repair(release) {
  await addFiles(release.root.files);
  const cache = await caches.open(releaseCacheName(release.id));
  for (const [path, hash] of release.root.pages) {
    if ((await cache.match(absolute(path))) === undefined) await cache.put(absolute(path), (await fetchChecked(path, hash, 'no-cache')).response);
  }
  await loadIndex(release);
}

// {url, integrity} of all scripts, styles and programs.
/** @type {(release: Pick<Release, 'root'>) => FileReference[]} */
export function filesOf({ root }) {
  return [...root.files, ...deferredFiles(root)];
}

/** @type {(release: Release, former: Release | null, cache: Cache) => Promise<void>} */
async function addPages({ root }, former, cache) {
  const formerHashes = new Map(former?.root.pages);
  for (const [path, hash] of root.pages) {
    const same = former !== null && formerHashes.get(path) === hash ? await releasePage(former, path) : undefined;
    await cache.put(absolute(path), same ?? (await fetchChecked(path, hash, 'no-cache')).response);
  }
}

// ---- Its posts -------------------------------------------------------------------------------------------------------------

// The index. If all posts were on the device, also everything that has changed.
/** @type {(release: Release, former: Release | null) => Promise<void>} */
async function addPosts(release, former) {
  await loadIndex(release);
  const formerRows = former === null ? null : await rowsOf(former);
  if (formerRows === null) return;
  const before = await storedFiles();
  const isAllHere = formerRows.every(({ body }) => before.has(absolute(body.url)));
  await loadRows(release, isAllHere ? packsOf(release.root) : []);
  if (!isAllHere) return;
  const [rows, pages, here] = [await rowsOf(release), await pageRowsOf(release), await storedFiles()];
  if (rows === null) throw new Error('the browser has thrown away a part of the index');
  for (const { load } of missingWork(release, rows, pages, here)) await load();
}

// Pages of posts that were kept with the previous release and are the same in this one: a page is made of its post's file and of what
// all pages share.
/** @type {(release: Release, former: Release) => Promise<void>} */
async function copyUnchangedPages(release, former) {
  if (release.manifest.build_id !== former.manifest.build_id) return;
  const cache = await caches.open(releaseCacheName(former.id));
  for (const request of await cache.keys()) {
    const path = pathOf(request.url);
    if (path === null || !path.startsWith('posts/')) continue;
    const [row, formerRow] = [await rowOf(release, path), await rowOf(former, path)];
    const page = await cache.match(request);
    if (page !== undefined && row !== undefined && row.body.url === formerRow?.body.url) await storeReleasePage(release, path, page);
  }
}

/** @type {(i: number, hash: string) => string} */
function listUrl(i, hash) {
  return `bundle/release-list-${i + 1}.${digitsOf(hash)}.json`;
}

// The promised beginning of the integrity of a post's page, or null where the release does not say.
/** @type {(release: Release, path: string) => Promise<string | null>} */
export async function pageHash(release, path) {
  const slug = path.match(/^posts\/(.+)\/$/)?.[1];
  const alone = hashIn(release.root.standalone, slug);
  if (alone !== null) return alone;
  const row = slug === undefined ? undefined : await rowOf(release, path);
  return row?.number === undefined ? null : hashIn(await pageHashes(release, partOf(row)), slug);
}

// [[slug, hash]...] of the pages of a part.
/** @type {(release: Release, part: number) => Promise<PageHash[]>} */
async function pageHashes({ root }, part) {
  const hash = root.lists[part];
  const here = await fileText(listUrl(part, hash));
  if (here !== undefined) return JSON.parse(here);
  const { bytes } = await loadFile(listUrl(part, hash), hash);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** @type {(list: PageHash[] | undefined, slug: string | undefined) => string | null} */
function hashIn(list, slug) {
  const hash = list?.find(([each]) => each === slug)?.[1];
  return hash === undefined ? null : `sha256-${hash}`;
}

// ---- Tidying up ------------------------------------------------------------------------------------------------------------

// Deletes releases that do not count any more, and files that no release names. Nothing is deleted while a release does not know all of
// its files.
/** @type {() => Promise<void>} */
export function tidyUp() {
  return withCacheLock(async () => {
    const ids = await Promise.all(['current', 'staged', 'previous'].map(readState));
    const wanted = new Set(ids.filter((id) => id !== null).map(releaseCacheName));
    for (const name of await caches.keys()) {
      if (name.startsWith(`${PREFIX}release:`) && !wanted.has(name)) await caches.delete(name);
    }
    const named = await namedFiles(ids);
    if (named === null) return;
    const files = await caches.open(FILES);
    for (const { url } of await files.keys()) {
      if (!named.has(url)) await files.delete(url);
    }
  });
}

/** @type {(ids: (string | null)[]) => Promise<Set<string> | null>} */
async function namedFiles(ids) {
  const named = new Set();
  for (const id of ids) {
    const release = id === null ? null : await openRelease(id);
    if (release === null) continue;
    const [rows, rowFiles] = [await rowsOf(release), await rowFilesOf(release)];
    if (rows === null || rowFiles === null) return null;
    const files = [...filesOf(release), ...indexFilesOf(release), ...rowFiles];
    const bodies = [...rows, ...(await pageRowsOf(release))].map(({ body }) => body);
    const lists = release.root.lists.map((hash, i) => listUrl(i, hash));
    for (const url of [...[...files, ...bodies].map((file) => file.url), ...lists]) named.add(absolute(url));
  }
  return named;
}
