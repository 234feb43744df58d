// Images of posts that the reader wants to keep. Those of other hosts stay with them: the site's policy lets a worker load nothing
// from there.

/** @import { SavedPost } from '../site/worker_messages.d.ts' */
/** @import { FileReference, ImageOfPost } from './release.d.ts' */
/** @typedef {{ kept: number, missing: number, error?: string }} PinOutcome */

import { nameOf } from '../site/errors.js';
import { pinnedVariant } from './image_variants.js';
import { fileText, loadFile } from './post_files.js';
import { rowsOf } from './release_index.js';
import { currentRelease } from './releases.js';
import { PINNED, absolute, pathOf, readState, withCacheLock, writeState } from './site.js';

const MAX_POSTS_SHOWN = 20;

// Addresses of the images in a post's file, by the file's address; for this run of the worker.
/** @type {Map<string, string[]>} */
const known = new Map();

// {slug, title, isKept, images, kept} of saved posts that have images and whose title or tags have `query` in them, those that are
// kept first. `more` says that there are others.
/** @type {(query: string) => Promise<{ posts: SavedPost[], more: boolean }>} */
export async function findPosts(query) {
  const release = await currentRelease();
  const rows = (release && (await rowsOf(release))) ?? [];
  const pinned = await pinnedSlugs();
  const wanted = query.trim().toLowerCase();
  const found = rows.filter(({ title = '', tags = [] }) => [title, ...tags].some((text) => text.toLowerCase().includes(wanted)));
  found.sort((a, b) => Number(pinned.has(b.slug)) - Number(pinned.has(a.slug)));
  const cache = await caches.open(PINNED);
  /** @type {SavedPost[]} */
  const posts = [];
  for (const { slug, title, body } of found) {
    const urls = await imagesHere(body);
    if (urls.length === 0) continue;
    if (posts.length === MAX_POSTS_SHOWN) return { posts, more: true };
    const kept = await Promise.all(urls.map(async (url) => (await cache.match(url)) !== undefined));
    posts.push({ slug, title: title ?? '', isKept: pinned.has(slug), images: urls.length, kept: kept.filter(Boolean).length });
  }
  return { posts, more: false };
}

/** @type {(body: FileReference) => Promise<string[]>} */
async function imagesHere({ url }) {
  const before = known.get(url);
  if (before !== undefined) return before;
  const text = await fileText(url);
  if (text === undefined) return []; // not saved
  const images = imagesIn(text);
  known.set(url, images);
  return images;
}

// Resolves to {kept, missing}: images of the post that are on the device now, and those that could not be had; `error` is 'full'
// when there was no room.
/** @type {(slug: string) => Promise<PinOutcome>} */
export function pinPost(slug) {
  return withCacheLock(async () => {
    await writeState('pinned', [...(await pinnedSlugs()).add(slug)]);
    return pinImages(slug);
  });
}

/** @type {(slug: string) => Promise<void>} */
export function unpinPost(slug) {
  return withCacheLock(async () => {
    const pinned = await pinnedSlugs();
    pinned.delete(slug);
    await writeState('pinned', [...pinned]);
    await dropUnwanted(pinned);
  });
}

// After a newer release: its posts may have other images.
export async function renewImages() {
  const pinned = await pinnedSlugs();
  for (const slug of pinned) await pinImages(slug);
  if (pinned.size > 0) await dropUnwanted(pinned);
}

/** @type {() => Promise<Set<string>>} */
export async function pinnedSlugs() {
  return new Set(await readState('pinned'));
}

/** @type {(slug: string) => Promise<PinOutcome>} */
async function pinImages(slug) {
  const urls = await imageUrls(slug);
  const cache = await caches.open(PINNED);
  let kept = 0;
  for (const url of urls) {
    const outcome = await pinImage(cache, url);
    if (outcome === 'full') return { kept, missing: urls.length - kept, error: outcome };
    if (outcome === 'kept') ++kept;
  }
  return { kept, missing: urls.length - kept };
}

/** @type {(cache: Cache, url: string) => Promise<'kept' | 'elsewhere' | 'missing' | 'full'>} */
async function pinImage(cache, url) {
  if ((await cache.match(url)) !== undefined) return 'kept';
  if (pathOf(url) === null) return 'elsewhere';
  try {
    const response = await fetch(url);
    if (!response.ok || !response.headers.get('content-type')?.startsWith('image/')) return 'missing';
    await cache.put(url, response);
    return 'kept';
  } catch (error) {
    return nameOf(error) === 'QuotaExceededError' ? 'full' : 'missing';
  }
}

/** @type {(pinned: Set<string>) => Promise<void>} */
async function dropUnwanted(pinned) {
  const wanted = new Set((await Promise.all([...pinned].map(imageUrls))).flat());
  const cache = await caches.open(PINNED);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

/** @type {(slug: string) => Promise<string[]>} */
async function imageUrls(slug) {
  const release = await currentRelease();
  const body = release && (await rowsOf(release))?.find((row) => row.slug === slug)?.body;
  if (!body) return [];
  return imagesIn((await fileText(body.url)) ?? new TextDecoder().decode((await loadFile(body.url, body.integrity)).bytes));
}

/** @type {(text: string) => string[]} */
function imagesIn(text) {
  /** @type {ImageOfPost[]} */
  const images = Object.values(JSON.parse(text)._octavo?.images ?? {});
  return [...new Set(images.map((image) => absolute(pinnedVariant(image))))];
}
