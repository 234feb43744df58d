// Releases: one cache each, whole or of no account. What makes a release whole is put into its cache last; until then the one before
// goes on working, and what an interrupted installation left is deleted with the next one.
//
//   current   answers requests
//   staged    is whole and waits until a page is opened anew
//   previous  keeps its files for pages that are still open

import { BUNDLE_VERSION as VERSION } from '#constants';
import { digitsOf, fetchChecked, fetchText } from './checked_fetch.js';
import { fileText, filesHere, loadFile, missingWork, packsOf } from './post_files.js';
import { indexFilesOf, loadIndex, loadRows, pageRowsOf, partOf, rowFilesOf, rowOf, rowsOf } from './release_index.js';
import { FILES, PREFIX, absolute, exclusively, pathOf, readState, releaseCacheName, writeState } from './site.js';

const MANIFEST = 'octavo.json';
// Its name has the version: a release that another version of this worker has kept counts as none.
const SEAL = `octavo-release-${VERSION}`;

// ---- What there is ---------------------------------------------------------------------------------------------------------

// {id, manifest, root} or null. `root` is the release list (assets/schemas/release.schema.json).
export async function currentRelease() {
  return openRelease((await readState('current')) ?? '');
}

export async function stagedRelease() {
  return openRelease((await readState('staged')) ?? '');
}

async function openRelease(id) {
  if (id === '' || !(await caches.has(releaseCacheName(id)))) return null;
  const cache = await caches.open(releaseCacheName(id));
  const seal = await cache.match(absolute(SEAL));
  return seal === undefined ? null : seal.json();
}

// A page or icon of the release; undefined if it has none at this path.
export async function releasePage(release, path) {
  const cache = await caches.open(releaseCacheName(release.id));
  return cache.match(absolute(path), { ignoreVary: true });
}

export async function keepReleasePage(release, path, response) {
  const cache = await caches.open(releaseCacheName(release.id));
  await cache.put(absolute(path), response);
}

// ---- Getting one -----------------------------------------------------------------------------------------------------------

// Makes the site's release the current one if there is none yet. Rejects when it cannot be had whole.
export function installFirst() {
  return exclusively(async () => {
    if ((await currentRelease()) !== null) return;
    const release = await stage(await fetchManifest(), null);
    await writeState('current', release.id);
  });
}

// Looks whether the site has another release and gets it ready. Resolves to the staged one or null; rejects when there is one that
// cannot be had whole, and then nothing has changed.
export function checkForRelease() {
  return exclusively(async () => {
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
export async function promoteStaged() {
  if ((await readState('staged')) === null) return false;
  return exclusively(async () => {
    const staged = await stagedRelease();
    if (staged === null) return false;
    await writeState('previous', await readState('current'));
    await writeState('current', staged.id);
    await writeState('staged', null);
    return true;
  });
}

async function dropStaged(staged) {
  if (staged === null) return;
  await writeState('staged', null);
  await caches.delete(releaseCacheName(staged.id));
}

async function fetchManifest() {
  const text = await fetchText(MANIFEST);
  const manifest = JSON.parse(text);
  if (manifest.version !== VERSION || !manifest.release) throw new Error('octavo.json names no release of this version');
  return { id: digitsOf(manifest.release.integrity), text, manifest };
}

async function stage({ id, text, manifest }, former) {
  const name = releaseCacheName(id);
  await caches.delete(name);
  try {
    const { bytes } = await fetchChecked(manifest.release.url, manifest.release.integrity);
    const release = { id, manifest, root: JSON.parse(new TextDecoder().decode(bytes)) };
    if (release.root.version !== VERSION) throw new Error('the release is not of this version');
    const cache = await caches.open(name);
    await addFiles(release.root.files);
    await addLater(release, former);
    await addPages(release, former, cache);
    await addPosts(release, former);
    if (former !== null) await carryPages(release, former);
    await cache.put(absolute(MANIFEST), new Response(text, { headers: { 'content-type': 'application/json' } }));
    await cache.put(absolute(SEAL), Response.json(release));
    return release;
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

async function addFiles(wanted) {
  const files = await caches.open(FILES);
  for (const { url, integrity } of wanted) {
    if ((await files.match(absolute(url))) === undefined) await files.put(absolute(url), (await fetchChecked(url, integrity)).response);
  }
}

// Who has the conversation's program can write without a network with the next release, too.
async function addLater({ root }, former) {
  const here = await filesHere();
  const isUsed = former !== null && (former.root.later ?? []).every(({ url }) => here.has(absolute(url)));
  if (isUsed) await addFiles(root.later ?? []);
}

// Gets what the browser has thrown away of a release, of which the site still has everything.
async function repair(release) {
  await addFiles(release.root.files);
  const cache = await caches.open(releaseCacheName(release.id));
  for (const [path, hash] of release.root.pages) {
    if ((await cache.match(absolute(path))) === undefined) await cache.put(absolute(path), (await fetchChecked(path, hash, 'no-cache')).response);
  }
  await loadIndex(release);
}

// {url, integrity} of all scripts, styles and programs.
export function filesOf({ root }) {
  return [...root.files, ...(root.later ?? [])];
}

async function addPages({ root }, former, cache) {
  const formerHashes = new Map(former?.root.pages);
  for (const [path, hash] of root.pages) {
    const same = formerHashes.get(path) === hash ? await releasePage(former, path) : undefined;
    await cache.put(absolute(path), same ?? (await fetchChecked(path, hash, 'no-cache')).response);
  }
}

// ---- Its posts -------------------------------------------------------------------------------------------------------------

// The index, and for who could read everything without a network, all of what has changed.
async function addPosts(release, former) {
  await loadIndex(release);
  const formerRows = former === null ? null : await rowsOf(former);
  if (formerRows === null) return;
  const before = await filesHere();
  const isAllHere = formerRows.every(({ body }) => before.has(absolute(body.url)));
  await loadRows(release, isAllHere ? packsOf(release.root) : []);
  if (!isAllHere) return;
  const [rows, pages, here] = [await rowsOf(release), await pageRowsOf(release), await filesHere()];
  for (const { load } of missingWork(release, rows, pages, here)) await load();
}

// Pages of posts that were kept with the former release and are the same in this one: a page is made of its post's file and of what
// all pages share.
async function carryPages(release, former) {
  if (release.manifest.build_id !== former.manifest.build_id) return;
  const cache = await caches.open(releaseCacheName(former.id));
  for (const request of await cache.keys()) {
    const path = pathOf(request.url);
    if (!path.startsWith('posts/')) continue;
    const [row, formerRow] = [await rowOf(release, path), await rowOf(former, path)];
    if (row !== undefined && row.body.url === formerRow?.body.url) await keepReleasePage(release, path, await cache.match(request));
  }
}

function listUrl(i, hash) {
  return `bundle/release-list-${i + 1}.${digitsOf(hash)}.json`;
}

// The promised beginning of the integrity of a post's page, or null where the release does not say.
export async function pageHash(release, path) {
  const slug = path.match(/^posts\/(.+)\/$/)?.[1];
  const alone = hashIn(release.root.standalone, slug);
  if (alone !== null) return alone;
  const row = slug === undefined ? undefined : await rowOf(release, path);
  return row === undefined ? null : hashIn(await pageHashes(release, partOf(row)), slug);
}

// [[slug, hash]...] of the pages of a part.
async function pageHashes({ root }, part) {
  const hash = root.lists[part];
  const here = await fileText(listUrl(part, hash));
  if (here !== undefined) return JSON.parse(here);
  const { bytes } = await loadFile(listUrl(part, hash), hash);
  return JSON.parse(new TextDecoder().decode(bytes));
}

function hashIn(list, slug) {
  const hash = list?.find(([each]) => each === slug)?.[1];
  return hash === undefined ? null : `sha256-${hash}`;
}

// ---- Tidying up ------------------------------------------------------------------------------------------------------------

// Deletes releases that are of no account, and files that no release names. Nothing is deleted while a release that counts does not
// know all of its files.
export function tidyUp() {
  return exclusively(async () => {
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

async function namedFiles(ids) {
  const named = new Set();
  for (const id of ids) {
    const release = id === null ? null : await openRelease(id);
    if (release === null) continue;
    const rows = await rowsOf(release);
    if (rows === null) return null;
    const files = [...filesOf(release), ...indexFilesOf(release), ...(await rowFilesOf(release))];
    const bodies = [...rows, ...(await pageRowsOf(release))].map(({ body }) => body);
    const lists = release.root.lists.map((hash, i) => listUrl(i, hash));
    for (const url of [...[...files, ...bodies].map((file) => file.url), ...lists]) named.add(absolute(url));
  }
  return named;
}
