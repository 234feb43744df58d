// The site that this worker belongs to, and the names of what is kept for it.

import { storagePrefix } from '../site/site_scope.js';

// The types of the library know `self` as any worker.
export const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

export const SCOPE = new URL(worker.registration.scope);
export const PREFIX = storagePrefix(SCOPE);

// Files named by their content: they can belong to several releases.
export const FILES = `${PREFIX}files`;
export const MEDIA = `${PREFIX}media`;
export const PINNED = `${PREFIX}pinned`;
const STATE = `${PREFIX}state`;
// The lock under which what is kept is changed.
export const WORK = `${PREFIX}work`;

// What has an address of its own in each release: pages, icons, octavo.json.
/** @type {(id: string) => string} */
export function releaseCacheName(id) {
  return `${PREFIX}release:${id}`;
}

/** @type {(path: string) => string} */
export function absolute(path) {
  return new URL(path === '' ? './' : path, SCOPE).href;
}

// The path below the site's root without query and fragment, or null for an address elsewhere.
/** @type {(address: string) => string | null} */
export function pathOf(address) {
  const url = new URL(address);
  const isBelow = url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
  return isBelow ? url.pathname.slice(SCOPE.pathname.length) : null;
}

// Work on what is kept, one step at a time in all tabs and workers. A worker that another one replaces may not work: the
// other one may be there to take everything back.
/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function withCacheLock(work) {
  return navigator.locks.request(WORK, async () => {
    if (isReplaced()) throw new Error('replaced by another worker');
    return work();
  });
}

/** @type {() => boolean} */
export function isReplaced() {
  const { serviceWorker, registration } = worker;
  if (serviceWorker === undefined) return false; // an older browser: one worker at a time is its own affair
  const isSuccessorHere = registration.waiting !== null || registration.installing !== null;
  return serviceWorker.state === 'redundant' || (serviceWorker.state === 'activated' && isSuccessorHere);
}

// ---- Small values ----------------------------------------------------------------------------------------------------------

/** @type {(name: string) => Promise<any>} */
export async function readState(name) {
  const cache = await caches.open(STATE);
  const response = await cache.match(absolute(name));
  return response === undefined ? null : response.json();
}

// One put is atomic: a worker that is killed leaves the old value or the new one.
/** @type {(name: string, value: unknown) => Promise<void>} */
export async function writeState(name, value) {
  const cache = await caches.open(STATE);
  await cache.put(absolute(name), Response.json(value));
}
