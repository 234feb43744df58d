// Releases: one cache each, whole or of no account. What makes a release whole is put into its cache last; until then the one before
// goes on working, and what an interrupted installation left is deleted with the next one.
//
//   current   answers requests
//   staged    is whole and waits until a page is opened anew
//   previous  keeps its files for pages that are still open

import { POSTS_PER_LIST_PART } from '#constants';
import { digitsOf, fetchChecked, fetchText, integrityOf } from './checked_fetch.js';
import { buildIndex, groupsOf, rowFromPost } from './index_builder.js';
import { fileText, filesHere, loadFile, missingWork } from './post_files.js';
import { FILES, PREFIX, absolute, exclusively, pathOf, readState, releaseCacheName, writeState } from './site.js';

const MANIFEST = 'octavo.json';
const SEAL = 'octavo-release';
// Beyond this the lists are loaded rather than the posts that they are rebuilt from.
const MAX_CHANGED_POSTS = 64;

const Fetch = Object.freeze({ NO: 0, YES: 1 });

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

// All rows of the release, newest first, or null while not all of its index files are here.
export async function rowsOf(release) {
  const first = await fileText(release.manifest.index.url);
  if (first === undefined) return null;
  const index = JSON.parse(first);
  const rest = await Promise.all(index.files.slice(1).map(({ url }) => fileText(url)));
  if (rest.includes(undefined)) return null;
  return [index, ...rest.map((text) => JSON.parse(text))].flatMap(({ posts }) => posts);
}

// The rows of pages, which are posts that are in no list.
export async function pageRowsOf(release) {
  const first = await fileText(release.manifest.index.url);
  return first === undefined ? [] : (JSON.parse(first).pages ?? []);
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
  if (manifest.version !== 1 || !manifest.release || !manifest.index) throw new Error('octavo.json names no release');
  return { id: digitsOf(manifest.release.integrity), text, manifest };
}

async function stage({ id, text, manifest }, former) {
  const name = releaseCacheName(id);
  await caches.delete(name);
  try {
    const { bytes } = await fetchChecked(manifest.release.url, manifest.release.integrity);
    const release = { id, manifest, root: JSON.parse(new TextDecoder().decode(bytes)) };
    const cache = await caches.open(name);
    await addFiles(release.root.files);
    await addLater(release, former);
    await addPages(release, former, cache);
    await addIndex(release, former);
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
  await addIndex(release, null);
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

// ---- Its index -------------------------------------------------------------------------------------------------------------

async function addIndex(release, former) {
  const index = release.manifest.index;
  if ((await fileText(index.url)) !== undefined) return;
  const rows = former === null ? null : await changedRows(release, former);
  if (rows !== null && (await rebuildIndex(release, former, rows))) return;
  await loadFile(index.url, index.integrity);
  if (former !== null && (await rowsOf(former)) !== null) await loadWholeIndex(release);
}

// Who could read everything without a network can do so with the next release.
async function addPosts(release, former) {
  const [rows, formerRows] = [await rowsOf(release), former === null ? null : await rowsOf(former)];
  if (rows === null || formerRows === null) return;
  const here = await filesHere();
  if (formerRows.some(({ body }) => !here.has(absolute(body.url)))) return;
  for (const { load } of missingWork(release, rows, await pageRowsOf(release), here)) await load();
}

// Pages of posts that were kept with the former release and are the same in this one.
async function carryPages(release, former) {
  const cache = await caches.open(releaseCacheName(former.id));
  for (const request of await cache.keys()) {
    const path = pathOf(request.url);
    const hash = await pageHash(release, path, Fetch.NO);
    const page = hash === null ? undefined : await cache.match(request);
    if (page === undefined) continue;
    const integrity = await integrityOf(await page.clone().arrayBuffer());
    if (integrity.startsWith(hash)) await keepReleasePage(release, path, page);
  }
}

// The index files that have not been here before.
export async function loadWholeIndex(release) {
  for (const { url, integrity } of JSON.parse(await fileText(release.manifest.index.url)).files.slice(1)) {
    if ((await fileText(url)) === undefined) await loadFile(url, integrity);
  }
}

// Writes all index files, of groups as well, if they come out as the release promises.
export async function rebuildIndex(release, { manifest }, rows) {
  const former = await fileText(manifest.index.url);
  if (former === undefined) return false;
  const index = JSON.parse(former);
  const built = await seriesIn(index).then((seriesOf) => buildIndex({ former: index, seriesOf, rows })).catch(() => null);
  if (built?.index.integrity !== release.manifest.index.integrity) return false;
  const files = await caches.open(FILES);
  for (const [url, text] of built.files) {
    await files.put(absolute(url), new Response(text, { headers: { 'content-type': 'application/json' } }));
  }
  return true;
}

// Series of posts by the lists of a former index that are here; where one is not, the new index does not come out as promised.
async function seriesIn({ series = [] }) {
  const seriesOf = new Map();
  for (const { name, index } of series) {
    const first = await fileText(index.url);
    const files = first === undefined ? [] : [first, ...(await Promise.all(JSON.parse(first).files.slice(1).map(({ url }) => fileText(url))))];
    for (const text of files) {
      for (const { slug } of text === undefined ? [] : JSON.parse(text).posts) seriesOf.set(slug, [name]);
    }
  }
  return seriesOf;
}

// The rows of a release that follows one whose rows are here: only posts that have changed are loaded. Null where that is too many.
async function changedRows(release, former) {
  const known = await rowsOf(former);
  if (known === null) return null;
  const byUrl = new Map(known.map((row) => [row.body.url, row]));
  const order = (await orderOf(release, former, known)).reverse();
  const changed = order.filter(({ url }) => !byUrl.has(url));
  if (changed.length > MAX_CHANGED_POSTS) return null;
  for (const { url, hash } of changed) byUrl.set(url, await loadRow(url, hash));
  return order.map(({ url }) => byUrl.get(url));
}

// {url, hash} of all posts' files, oldest first, from the parts of the list that the former release does not have.
async function orderOf(release, former, known) {
  const oldest = known.map(({ body }) => ({ url: body.url, hash: body.integrity })).reverse();
  const order = [];
  for (const [i, hash] of release.root.lists.entries()) {
    const place = former.root.lists.indexOf(hash);
    if (place >= 0) order.push(...oldest.slice(place * POSTS_PER_LIST_PART, (place + 1) * POSTS_PER_LIST_PART));
    else for (const [slug, body] of await listPart(i, hash)) order.push({ url: bodyUrl(slug, body), hash: body });
  }
  return order;
}

function listUrl(i, hash) {
  return `bundle/release-list-${i + 1}.${digitsOf(hash)}.json`;
}

// [[slug, hash of the post's file, hash of its page]...], oldest first. `Fetch.NO` gives null for a list that is not here.
async function listPart(i, hash, fetching = Fetch.YES) {
  const url = listUrl(i, hash);
  const here = await fileText(url);
  if (here !== undefined) return JSON.parse(here);
  if (fetching === Fetch.NO) return null;
  const { bytes } = await loadFile(url, hash);
  return JSON.parse(new TextDecoder().decode(bytes));
}

// The promised beginning of the integrity of a post's page, or null where the release does not say.
export async function pageHash(release, path, fetching = Fetch.YES) {
  const slug = path.match(/^posts\/(.+)\/$/)?.[1];
  const alone = hashIn(release.root.standalone, slug);
  if (alone !== null) return alone;
  const rows = slug === undefined ? null : await knownRows(release);
  const rank = rows?.findIndex(({ body }) => body.url.startsWith(`bundle/posts/${slug}.`)) ?? -1;
  if (rank < 0) return null;
  const i = Math.floor((release.root.posts - 1 - rank) / POSTS_PER_LIST_PART);
  const part = await listPart(i, release.root.lists[i], fetching);
  return hashIn(part, slug);
}

function hashIn(part, slug) {
  const hash = part?.find(([each]) => each === slug)?.[2];
  return hash === undefined ? null : `sha256-${hash}`;
}

// All rows, or the newest ones while the others are not here.
export async function knownRows(release) {
  const first = await fileText(release.manifest.index.url);
  return (await rowsOf(release)) ?? (first === undefined ? null : JSON.parse(first).posts);
}

// The reference to the file of the post or page at this path; undefined where the rows that are here do not have it.
export async function bodyOf(release, path) {
  const rows = [...((await knownRows(release)) ?? []), ...(await pageRowsOf(release))];
  return rows.map((row) => row.body).find(({ url }) => url.startsWith(`bundle/${path.replace(/\/$/, '')}.`));
}

function bodyUrl(slug, hash) {
  return `bundle/posts/${slug}.${digitsOf(hash)}.json`;
}

async function loadRow(url, promise) {
  const { bytes, integrity } = await loadFile(url, promise);
  return rowFromPost(JSON.parse(new TextDecoder().decode(bytes)), { url, integrity });
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
    const index = JSON.parse(await fileText(release.manifest.index.url));
    const urls = [release.manifest.index.url, ...filesOf(release).map(({ url }) => url), ...release.root.lists.map((hash, i) => listUrl(i, hash))];
    urls.push(...[...rows, ...(index.pages ?? [])].map(({ body }) => body.url));
    for (const list of [index, ...(await groupIndexes(index))]) urls.push(...list.files.map(({ url }) => url).filter(Boolean));
    urls.push(...groupsOf(index).map((group) => group.index?.url).filter(Boolean));
    for (const url of urls) named.add(absolute(url));
  }
  return named;
}

async function groupIndexes(index) {
  const texts = await Promise.all(groupsOf(index).map((group) => group.index && fileText(group.index.url)));
  return texts.filter((text) => text !== undefined).map((text) => JSON.parse(text));
}
