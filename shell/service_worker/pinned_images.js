// Images of posts that the reader wants to keep. Those of other hosts stay with them: the site's policy lets a worker load nothing
// from there.

import { keptForm } from './image_variants.js';
import { fileText, loadFile } from './post_files.js';
import { rowsOf } from './release_index.js';
import { currentRelease } from './releases.js';
import { PINNED, absolute, exclusively, pathOf, readState, writeState } from './site.js';

const MAX_POSTS_SHOWN = 20;

// Addresses of the images in a post's file, by the file's address; for this run of the worker.
const known = new Map();

// {slug, title, isKept, images, kept} of saved posts that have images and whose title or tags have `query` in them, those that are
// kept first. `more` says that there are others.
export async function findPosts(query) {
  const release = await currentRelease();
  const rows = (release && (await rowsOf(release))) ?? [];
  const pinned = await pinnedSlugs();
  const wanted = query.trim().toLowerCase();
  const found = rows.filter(({ title = '', tags = [] }) => [title, ...tags].some((text) => text.toLowerCase().includes(wanted)));
  found.sort((a, b) => pinned.has(b.slug) - pinned.has(a.slug));
  const cache = await caches.open(PINNED);
  const posts = [];
  for (const { slug, title, body } of found) {
    const urls = await imagesHere(body);
    if (urls.length === 0) continue;
    if (posts.length === MAX_POSTS_SHOWN) return { posts, more: true };
    const kept = await Promise.all(urls.map(async (url) => (await cache.match(url)) !== undefined));
    posts.push({ slug, title, isKept: pinned.has(slug), images: urls.length, kept: kept.filter(Boolean).length });
  }
  return { posts, more: false };
}

async function imagesHere({ url }) {
  if (!known.has(url)) {
    const text = await fileText(url);
    if (text === undefined) return []; // not saved
    known.set(url, imagesIn(text));
  }
  return known.get(url);
}

// Resolves to {kept, missing}: images of the post that are on the device now, and those that could not be had; `error` is 'full'
// when there was no room.
export function pinPost(slug) {
  return exclusively(async () => {
    await writeState('pinned', [...(await pinnedSlugs()).add(slug)]);
    return pinImages(slug);
  });
}

export function unpinPost(slug) {
  return exclusively(async () => {
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

export async function pinnedSlugs() {
  return new Set(await readState('pinned'));
}

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

async function pinImage(cache, url) {
  if ((await cache.match(url)) !== undefined) return 'kept';
  if (pathOf(url) === null) return 'elsewhere';
  try {
    const response = await fetch(url);
    if (!response.ok || !response.headers.get('content-type')?.startsWith('image/')) return 'missing';
    await cache.put(url, response);
    return 'kept';
  } catch (error) {
    return error.name === 'QuotaExceededError' ? 'full' : 'missing';
  }
}

async function dropUnwanted(pinned) {
  const wanted = new Set((await Promise.all([...pinned].map(imageUrls))).flat());
  const cache = await caches.open(PINNED);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

async function imageUrls(slug) {
  const body = (await rowsOf(await currentRelease()))?.find((row) => row.slug === slug)?.body;
  if (body === undefined) return [];
  return imagesIn((await fileText(body.url)) ?? new TextDecoder().decode((await loadFile(body.url, body.integrity)).bytes));
}

function imagesIn(text) {
  const images = Object.values(JSON.parse(text)._octavo?.images ?? {});
  return [...new Set(images.map((image) => absolute(keptForm(image))))];
}
