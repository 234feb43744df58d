// How requests are answered. An old whole release beats a mixture: a page and what it asks for come from one release.
//
//   page             from the current release if it is kept; otherwise the network; without one the shell, which draws it from the bundle
//   octavo.json      of the current release for a page of that release, otherwise the network's
//   named by content from the device, otherwise the network's, and kept where the release names it
//   image          from the device (a pinned one in any variant), otherwise the network's, and kept within a budget

/** @import { Release } from './release.d.ts' */
// What is to be answered.
/** @typedef {{ event: FetchEvent, request: Request, url: URL }} Asked */

import { SHELL_ROOT } from '#constants';
import { integrityOf, isNamedBy, storedResponse } from './checked_fetch.js';
import { anyVariant } from './image_variants.js';
import { fileText } from './post_files.js';
import { rowsOf } from './release_index.js';
import { currentRelease, filesOf, pageHash, promoteStaged, releasePage, storeReleasePage } from './releases.js';
import { FILES, MEDIA, PINNED, SCOPE, absolute, pathOf } from './site.js';

// Longer than a slow network needs for its first byte; a page that is on the device should not wait for a dead one.
const PATIENCE_MS = 4000;
const MAX_IMAGE_BYTES = 4 * 1024 * 1024;
const MAX_IMAGES_BYTES = 48 * 1024 * 1024;
const SHELL = 'reader.html';
const MANIFEST = 'octavo.json';
// Its query has what is shared. Its script reads it.
const SHARE = 'share.html';

// ---- Pages -----------------------------------------------------------------------------------------------------------------

/** @type {(asked: Asked) => Promise<Response>} */
export async function answerPage({ request, event }) {
  await promoteStaged();
  const path = pagePath(request.url);
  const network = () => fromNetwork(event, request);
  if (path === null) return network();
  const release = await currentRelease();
  if (release === null) return network();
  const page = await releasePage(release, path);
  if (page !== undefined) {
    // The browser has asked already; nobody waits for that answer, but leaving it alone is an error in its log.
    event.waitUntil(Promise.resolve(event.preloadResponse).catch(() => undefined));
    return page;
  }
  if (!isReaderPath(path)) return network();
  return readerPage(release, path, network, event);
}

// The path of a page, in the spelling that releases use, or null for any other address.
/** @type {(address: string) => string | null} */
function pagePath(address) {
  const path = pathOf(address);
  if (new URL(address).search !== '' && path !== SHARE) return null;
  return path === null ? null : path.replace(/(^|\/)index\.html$/, '$1');
}

// Addresses that src/core/page/route.cpp understands.
/** @type {(path: string) => boolean} */
function isReaderPath(path) {
  return path === '' || /^archive\/$|^(posts|tags|archive|authors|series|page)\/./.test(path);
}

/** @type {(event: FetchEvent, request: Request) => Promise<Response>} */
async function fromNetwork(event, request) {
  return (await event.preloadResponse) ?? fetch(request);
}

/** @type {(release: Release, path: string, network: () => Promise<Response>, event: FetchEvent) => Promise<Response>} */
async function readerPage(release, path, network, event) {
  const loading = network().then(
    (response) => (response.ok || response.type === 'opaqueredirect' ? response : null),
    () => null,
  );
  const response = await Promise.race([loading, patience(release, path)]);
  if (response !== null) {
    if (response.status === 200 && path.startsWith('posts/')) event.waitUntil(keepPage(release, path, response.clone()));
    return response;
  }
  return shell(release);
}

// Resolves to null when it is time to do without the network; never, when the reader could not show the page either.
/** @type {(release: Release, path: string) => Promise<null>} */
async function patience(release, path) {
  if (!(await isSaved(release, path))) return new Promise(() => {});
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
}

/** @type {(release: Release, path: string) => Promise<boolean>} */
async function isSaved(release, path) {
  if (!path.startsWith('posts/')) return true; // lists; the index is here
  const files = await caches.open(FILES);
  const stem = absolute(`bundle/${path.replace(/\/$/, '')}.`);
  return (await files.keys()).some(({ url }) => url.startsWith(stem) && !url.slice(stem.length).includes('/'));
}

// It is shown at the requested address until the reader has drawn the page. It has one placeholder for the site's root.
/** @type {(release: Release) => Promise<Response>} */
async function shell(release) {
  const page = await releasePage(release, SHELL);
  if (page === undefined) return Response.error();
  const root = SCOPE.pathname.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
  const html = (await page.text()).replaceAll(SHELL_ROOT, root);
  const headers = new Headers(page.headers);
  headers.delete('content-length');
  return new Response(html, { headers });
}

// Keeps the page of a post that has been read, if it is the very page of this release.
/** @type {(release: Release, path: string, response: Response) => Promise<void>} */
async function keepPage(release, path, response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const hash = await pageHash(release, path);
  if (hash !== null && (await integrityOf(bytes)).startsWith(hash)) await storeReleasePage(release, path, storedResponse(response, bytes));
}

// ---- octavo.json -----------------------------------------------------------------------------------------------------------

// The page says in two headers what it was made with (shell/page/effects.js). A page that came over the network can be of a newer
// release; with this one's bundle it would be a mixture.
/** @type {(asked: Asked) => Promise<Response>} */
export async function answerManifest({ request }) {
  const release = await currentRelease();
  if (release === null || request.cache === 'reload') return fetch(request);
  const buildId = request.headers.get('octavo-build-id');
  const post = request.headers.get('octavo-post');
  const own = await releasePage(release, MANIFEST);
  const isOfRelease = buildId === release.manifest.build_id && (!post || (await namesFile(release, post)));
  if (isOfRelease && own !== undefined) return own;
  return fetch(request).catch((error) => own ?? Promise.reject(error));
}

// Whether the release's index names this file. Where not all of the index is here, being on the device has to do.
/** @type {(release: Release, url: string) => Promise<boolean>} */
async function namesFile(release, url) {
  const rows = await rowsOf(release);
  if (rows !== null) return rows.some(({ body }) => body.url === url);
  return (await fileText(url)) !== undefined;
}

// ---- Files named by their content --------------------------------------------------------------------------------------------

/** @type {Set<string>} */
const verified = new Set(); // by this run of the worker

/** @type {(asked: Asked) => Promise<Response>} */
export async function answerFile({ request, url, event }) {
  const files = await caches.open(FILES);
  // A page asks so when what it got was not what it had been promised.
  const own = request.cache === 'reload' ? undefined : await files.match(url.href, { ignoreVary: true });
  if (own !== undefined) {
    if (!verified.has(url.href)) event.waitUntil(verify(url.href, own.clone()));
    return own;
  }
  const response = await fetch(request);
  const path = pathOf(url.href);
  if (response.ok && path !== null && (await belongsHere(path))) event.waitUntil(keepFile(path, response.clone()));
  return response;
}

// A file that was damaged on the device goes, so that it is loaded anew.
/** @type {(href: string, response: Response) => Promise<void>} */
async function verify(href, response) {
  verified.add(href);
  if (await isNamedBy(href, new Uint8Array(await response.arrayBuffer()))) return;
  console.warn('octavo: damaged on this device, will be loaded again:', href);
  await (await caches.open(FILES)).delete(href);
  verified.delete(href);
}

/** @type {(path: string) => Promise<boolean>} */
async function belongsHere(path) {
  const release = await currentRelease();
  if (release === null) return false;
  return filesOf(release).some(({ url }) => url === path) || /^bundle\/(posts\/|index|rows-)/.test(path);
}

/** @type {(path: string, response: Response) => Promise<void>} */
async function keepFile(path, response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (await isNamedBy(path, bytes)) await (await caches.open(FILES)).put(absolute(path), storedResponse(response, bytes));
}

// ---- Images --------------------------------------------------------------------------------------------------------------

// The site's own images. Those of other hosts are left to the browser: the site's policy lets a worker load nothing from there.
/** @type {(asked: Asked) => Promise<Response>} */
export async function answerImage({ request, url, event }) {
  const pinned = await anyVariant(await caches.open(PINNED), url.href);
  if (pinned !== undefined) return pinned;
  const cache = await caches.open(MEDIA);
  const own = await cache.match(url.href, { ignoreVary: true });
  if (own !== undefined) return own;
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    return (await anyVariant(cache, url.href)) ?? Promise.reject(error);
  }
  if (response.status === 200) event.waitUntil(pinImage(cache, url.href, response.clone()).catch(() => undefined)); // perhaps no room
  return response;
}

// The images seen last, within a budget; the oldest make room.
/** @type {(cache: Cache, href: string, response: Response) => Promise<void>} */
async function pinImage(cache, href, response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isImage = response.headers.get('content-type')?.startsWith('image/') && bytes.byteLength <= MAX_IMAGE_BYTES;
  if (!isImage) return;
  await cache.put(href, storedResponse(response, bytes));
  const requests = await cache.keys();
  let sum = 0;
  for (const request of [...requests].reverse()) {
    sum += Number((await cache.match(request))?.headers.get('content-length'));
    if (sum > MAX_IMAGES_BYTES) await cache.delete(request);
  }
}

// ---- Icons and the like ------------------------------------------------------------------------------------------------------

/** @type {(asked: Asked) => Promise<Response>} */
export async function answerOther({ request, url }) {
  const path = pathOf(url.href);
  const release = path === null ? null : await currentRelease();
  const own = path === null || release === null ? undefined : await releasePage(release, path);
  return own ?? fetch(request);
}
