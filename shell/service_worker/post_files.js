// The files of posts: which are on the device, and getting those that are not, one by one or whole packs of them.

/** @import { CheckedFile } from './checked_fetch.js' */
/** @import { FileReference, IndexRow, Pack, PageRow, Release, ReleaseList, Row } from './release.d.ts' */
// A file or a pack that is to be loaded.
/** @typedef {{ path: string, load: () => Promise<unknown> }} Work */

import { POSTS_PER_PACK, ROWS_PER_FILE } from '#constants';
import { digitsOf, fetchChecked, integrityOf } from './checked_fetch.js';
import { FILES, absolute } from './site.js';

// A pack is worth its bytes when this many of its posts are missing.
export const MISSING_FOR_PACK = 48;

// Addresses of all files named by their content.
/** @type {() => Promise<Set<string>>} */
export async function storedFiles() {
  const files = await caches.open(FILES);
  return new Set((await files.keys()).map(({ url }) => url));
}

/** @type {(url: string) => Promise<string | undefined>} */
export async function fileText(url) {
  const files = await caches.open(FILES);
  return (await files.match(absolute(url), { ignoreVary: true }))?.text();
}

/** @type {(url: string, promise: string) => Promise<CheckedFile>} */
export async function loadFile(url, promise) {
  const files = await caches.open(FILES);
  const file = await fetchChecked(url, promise);
  await files.put(absolute(url), file.response);
  return file;
}

// Script and program of the conversation, where there are comments: a release is whole without them. The list calls them `later`, and
// lists that are kept on devices do so for good.
/** @type {(root: ReleaseList) => FileReference[]} */
export function deferredFiles({ later = [] }) {
  return later;
}

// {number, url, hash, bytes, isThere} of the release's packs; number 1 has the oldest posts. One that would be too large for a file is
// not there, and its posts are files of their own.
/** @type {(root: ReleaseList) => Pack[]} */
export function packsOf(root) {
  return root.packs.map(([hash, bytes], i) => {
    const number = i + 1;
    return { number, url: `bundle/release-pack-${number}.${digitsOf(hash)}.jsonl`, hash, bytes, isThere: hash !== '' };
  });
}

// Keeps all files of a pack: row files, each before the posts that it names.
/** @type {(pack: Pack) => Promise<void>} */
export async function loadPack({ url, hash }) {
  const { bytes } = await fetchChecked(url, hash);
  const cache = await caches.open(FILES);
  const kept = [];
  /** @type {FileReference[]} */
  let bodies = [];
  for (const line of splitLines(bytes)) {
    const body = bodies.shift();
    if (body !== undefined) {
      kept.push(keepLine(cache, body.url, line));
      continue;
    }
    const rows = JSON.parse(new TextDecoder().decode(line));
    const number = (rows.first_row ?? 0) / ROWS_PER_FILE + 1;
    kept.push(keepLine(cache, `bundle/rows-${number}.${digitsOf(await integrityOf(line))}.json`, line));
    bodies = rows.posts.map((/** @type {IndexRow} */ row) => row.body);
  }
  await Promise.all(kept);
}

/** @type {(cache: Cache, url: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>} */
function keepLine(cache, url, bytes) {
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) };
  return cache.put(absolute(url), new Response(bytes, { headers }));
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>[]} */
function splitLines(bytes) {
  const lines = [];
  for (let begin = 0; begin < bytes.length; ) {
    const end = bytes.indexOf(10, begin);
    lines.push(bytes.subarray(begin, end));
    begin = end + 1;
  }
  return lines;
}

// The number of no pack: of what is a file of its own.
export const NO_PACK = 0;

// A row file holds 16 rows and changes with one of them, so many changed files do not mean that many posts have changed.
const CHANGED_ROWS_FOR_PACK = 16 * ROWS_PER_FILE;

// What is to be loaded for all row files (oldest first) to be here, as {path, load()}, the newest first: one of `packs` where row files
// of at least `least` rows are missing, single files elsewhere.
/** @type {(rowFiles: FileReference[] | null, packs: Pack[], here: Set<string>, least?: number) => Work[]} */
export function rowFileWork(rowFiles, packs, here, least = CHANGED_ROWS_FOR_PACK) {
  /** @type {Map<number, FileReference[]>} */
  const byPack = new Map();
  for (const [i, file] of (rowFiles ?? []).entries()) {
    if (!here.has(absolute(file.url))) addTo(byPack, packNumber(i * ROWS_PER_FILE), file);
  }
  return [...byPack].reverse().flatMap(([number, files]) => {
    const pack = packs.find((each) => each.number === number);
    const isWorthIt = pack?.isThere && files.length * ROWS_PER_FILE >= least;
    return isWorthIt ? [{ path: pack.url, load: () => loadPack(pack) }] : files.map(singleFile);
  });
}

// What is to be loaded for the posts of all `rows` (newest first) and `pageRows` to be here, as {pack, path, load()}, the newest
// first: a pack where most of it is missing, single posts elsewhere, then pages, and the conversation's program last.
/** @type {(release: Release, rows: Row[], pageRows: PageRow[], here: Set<string>) => (Work & { pack: number })[]} */
export function missingWork({ root }, rows, pageRows, here) {
  /** @type {(file: FileReference) => boolean} */
  const isMissing = ({ url }) => !here.has(absolute(url));
  /** @type {Map<number, FileReference[]>} */
  const byPack = new Map();
  for (const { number, body } of rows) if (isMissing(body)) addTo(byPack, packNumber(number), body);
  const packs = packsOf(root);
  const work = [...byPack].flatMap(([number, posts]) => {
    const pack = packs[number - 1];
    if (pack.isThere && posts.length >= MISSING_FOR_PACK) return [{ pack: number, path: pack.url, load: () => loadPack(pack) }];
    return posts.map((post) => ({ pack: number, ...singleFile(post) }));
  });
  const others = [...pageRows.map(({ body }) => body), ...deferredFiles(root)].filter(isMissing);
  return [...work, ...others.map((file) => ({ pack: NO_PACK, ...singleFile(file) }))];
}

/** @type {(file: FileReference) => Work} */
function singleFile({ url, integrity }) {
  return { path: url, load: () => loadFile(url, integrity) };
}

// Packs are counted from 1, and rows from the oldest post.
/** @type {(row: number) => number} */
function packNumber(row) {
  return Math.floor(row / POSTS_PER_PACK) + 1;
}

/** @type {(map: Map<number, FileReference[]>, key: number, value: FileReference) => void} */
function addTo(map, key, value) {
  map.set(key, [...(map.get(key) ?? []), value]);
}
