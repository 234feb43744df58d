// The index of a release: its head, its parts and its row files, as far as they are on the device.

/** @import { FileReference, IndexRow, Pack, PageRow, Release, Row } from './release.d.ts' */

import { ROWS_PER_FILE, ROWS_PER_PART } from '#constants';
import { fileText, loadFile, rowFileWork, storedFiles } from './post_files.js';
import { absolute } from './site.js';

// The rows in a file, by its address. The bytes behind an address never change, but the file may be thrown away.
/** @type {Map<string, Row[]>} */
const parsed = new Map();

// The head and all parts.
/** @type {(release: Release) => FileReference[]} */
export function indexFilesOf({ manifest }) {
  return [manifest.index, ...(manifest.parts ?? [])];
}

// The references to all row files, oldest first, or null while not all parts are here.
/** @type {(release: Release) => Promise<FileReference[] | null>} */
export async function rowFilesOf({ manifest }) {
  const texts = await Promise.all((manifest.parts ?? []).map(({ url }) => fileText(url)));
  /** @type {FileReference[]} */
  const files = [];
  for (const text of texts) {
    if (text === undefined) return null;
    files.push(...JSON.parse(text).files);
  }
  return files;
}

// All rows, newest first, or null while not all row files are here. `row.number` is counted from the oldest.
/** @type {(release: Release) => Promise<Row[] | null>} */
export async function rowsOf(release) {
  const rows = await knownRows(release);
  return rows.length === release.root.posts ? rows : null;
}

// The rows that are here, newest first.
/** @type {(release: Release) => Promise<Row[]>} */
export async function knownRows(release) {
  const files = (await rowFilesOf(release)) ?? [];
  const here = await storedFiles();
  const rows = await Promise.all(files.map(({ url }, i) => (here.has(absolute(url)) ? rowsIn(url, i) : [])));
  return rows.flat().reverse();
}

/** @type {(url: string, number: number) => Promise<Row[]>} */
async function rowsIn(url, number) {
  const before = parsed.get(url);
  if (before !== undefined) return before;
  const text = await fileText(url);
  if (text === undefined) return [];
  /** @type {IndexRow[]} */
  const inFile = JSON.parse(text).posts;
  const rows = inFile.map((row, i) => ({ ...row, number: number * ROWS_PER_FILE + i }));
  parsed.set(url, rows);
  return rows;
}

// The rows of pages, which are posts that are in no list.
/** @type {(release: Release) => Promise<PageRow[]>} */
export async function pageRowsOf({ manifest }) {
  const head = await fileText(manifest.index.url);
  return head === undefined ? [] : (JSON.parse(head).pages ?? []);
}

// The row of the post or page at this path; undefined where the rows that are here do not have it.
/** @type {(release: Release, path: string) => Promise<PageRow | Row | undefined>} */
export async function rowOf(release, path) {
  const stem = `bundle/${path.replace(/\/$/, '')}.`;
  return [...(await knownRows(release)), ...(await pageRowsOf(release))].find(({ body }) => body.url.startsWith(stem));
}

// The number of the part that has this row.
/** @type {(row: Row) => number} */
export function partOf({ number }) {
  return Math.floor(number / ROWS_PER_PART);
}

// Gets the row files that are not here, with their posts where many are missing and posts are wanted.
/** @type {(release: Release, packs: Pack[]) => Promise<void>} */
export async function loadRows(release, packs) {
  const files = (await rowFilesOf(release)) ?? [];
  for (const { load } of rowFileWork(files, packs, await storedFiles())) await load();
}

/** @type {(release: Release) => Promise<void>} */
export async function loadIndex(release) {
  const here = await storedFiles();
  for (const { url, integrity } of indexFilesOf(release)) {
    if (!here.has(absolute(url))) await loadFile(url, integrity);
  }
}
