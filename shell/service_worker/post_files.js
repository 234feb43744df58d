// The files of posts: which are on the device, and getting those that are not, one by one or whole packs of them.

import { POSTS_PER_PACK } from '#constants';
import { digitsOf, fetchChecked, integrityOf } from './checked_fetch.js';
import { rowFromPost } from './index_builder.js';
import { FILES, absolute } from './site.js';

// A pack is worth its bytes when this many of its posts are missing.
const MISSING_FOR_PACK = 48;

// Addresses of all files named by their content.
export async function filesHere() {
  const files = await caches.open(FILES);
  return new Set((await files.keys()).map(({ url }) => url));
}

export async function fileText(url) {
  const files = await caches.open(FILES);
  return (await files.match(absolute(url), { ignoreVary: true }))?.text();
}

export async function loadFile(url, promise) {
  const files = await caches.open(FILES);
  const file = await fetchChecked(url, promise);
  await files.put(absolute(url), file.response);
  return file;
}

// {number, url, hash, bytes} of the release's packs; number 1 has the oldest posts.
export function packsOf(root) {
  return root.packs.map(([hash, bytes], i) => {
    const number = i + 1;
    return { number, url: `bundle/release-pack-${number}.${digitsOf(hash)}.jsonl`, hash, bytes };
  });
}

// Keeps the posts of a pack; resolves to their rows, oldest first.
export async function loadPack({ url, hash }) {
  const { bytes } = await fetchChecked(url, hash);
  const files = await caches.open(FILES);
  return Promise.all(splitLines(bytes).map((line) => keepPost(line, files)));
}

function splitLines(bytes) {
  const lines = [];
  for (let begin = 0; begin < bytes.length; ) {
    const end = bytes.indexOf(10, begin);
    lines.push(bytes.subarray(begin, end));
    begin = end + 1;
  }
  return lines;
}

// The file's name follows from the post's address and its bytes.
async function keepPost(bytes, files) {
  const post = JSON.parse(new TextDecoder().decode(bytes));
  const integrity = await integrityOf(bytes);
  const url = `bundle/${post.id.slice(0, -1)}.${digitsOf(integrity)}.json`;
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) };
  await files.put(absolute(url), new Response(bytes, { headers }));
  return rowFromPost(post, { url, integrity });
}

// The number of no pack: of what is a file of its own.
export const NO_PACK = 0;

// What is to be loaded for all of `rows` (newest first) and `pageRows` to be here, as {pack, path, load()}, the newest first: a pack
// where most of it is missing, single posts elsewhere, then pages, and the conversation's program last.
export function missingWork({ root }, rows, pageRows, here) {
  const byPack = new Map();
  for (const [i, { body }] of rows.entries()) {
    if (here.has(absolute(body.url))) continue;
    const number = Math.floor((rows.length - 1 - i) / POSTS_PER_PACK) + 1; // counted from the oldest post
    byPack.set(number, [...(byPack.get(number) ?? []), body]);
  }
  const packs = packsOf(root);
  const single = (pack) => ({ url, integrity }) => ({ pack, path: url, load: () => loadFile(url, integrity) });
  const work = [...byPack].flatMap(([number, posts]) => {
    if (posts.length >= MISSING_FOR_PACK) return [{ pack: number, path: packs[number - 1].url, load: () => loadPack(packs[number - 1]) }];
    return posts.map(single(number));
  });
  const others = [...pageRows.map(({ body }) => body), ...(root.later ?? [])].filter(({ url }) => !here.has(absolute(url)));
  return [...work, ...others.map(single(NO_PACK))];
}
