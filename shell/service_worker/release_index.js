// The index of a release: its head, its parts and its row files, as far as they are on the device.

import { ROWS_PER_FILE, ROWS_PER_PART } from '#constants';
import { fileText, filesHere, loadFile, rowFileWork } from './post_files.js';
import { absolute } from './site.js';

// The rows in a file, by its address. The bytes behind an address never change, but the file may be thrown away.
const parsed = new Map();

// The head and all parts.
export function indexFilesOf({ manifest }) {
  return [manifest.index, ...(manifest.parts ?? [])];
}

// The references to all row files, oldest first, or null while not all parts are here.
export async function rowFilesOf({ manifest }) {
  const texts = await Promise.all((manifest.parts ?? []).map(({ url }) => fileText(url)));
  return texts.includes(undefined) ? null : texts.flatMap((text) => JSON.parse(text).files);
}

// All rows, newest first, or null while not all row files are here. `row.number` is counted from the oldest.
export async function rowsOf(release) {
  const rows = await knownRows(release);
  return rows.length === release.root.posts ? rows : null;
}

// The rows that are here, newest first.
export async function knownRows(release) {
  const files = (await rowFilesOf(release)) ?? [];
  const here = await filesHere();
  const rows = await Promise.all(files.map(({ url }, i) => (here.has(absolute(url)) ? rowsIn(url, i) : [])));
  return rows.flat().reverse();
}

async function rowsIn(url, number) {
  if (!parsed.has(url)) {
    const text = await fileText(url);
    if (text === undefined) return [];
    parsed.set(url, JSON.parse(text).posts.map((row, i) => ({ ...row, number: number * ROWS_PER_FILE + i })));
  }
  return parsed.get(url);
}

// The rows of pages, which are posts that are in no list.
export async function pageRowsOf({ manifest }) {
  const head = await fileText(manifest.index.url);
  return head === undefined ? [] : (JSON.parse(head).pages ?? []);
}

// The row of the post or page at this path; undefined where the rows that are here do not have it.
export async function rowOf(release, path) {
  const stem = `bundle/${path.replace(/\/$/, '')}.`;
  return [...(await knownRows(release)), ...(await pageRowsOf(release))].find(({ body }) => body.url.startsWith(stem));
}

// The number of the part that has this row.
export function partOf({ number }) {
  return Math.floor(number / ROWS_PER_PART);
}

// Gets the row files that are not here, with their posts where many are missing and posts are wanted.
export async function loadRows(release, packs) {
  const files = (await rowFilesOf(release)) ?? [];
  for (const { load } of rowFileWork(files, packs, await filesHere())) await load();
}

export async function loadIndex(release) {
  const here = await filesHere();
  for (const { url, integrity } of indexFilesOf(release)) {
    if (!here.has(absolute(url))) await loadFile(url, integrity);
  }
}
