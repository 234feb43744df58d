// Gets files and lets none in whose hash is not the promised one: a host may be half-way through a deployment, answer every address
// with its start page, or keep old bytes in one of its caches.

/** @import { FailureReason } from '../site/worker_messages.d.ts' */
/** @typedef {{ response: Response, bytes: Uint8Array<ArrayBuffer>, integrity: string }} CheckedFile */

import { MAX_POST_FILE_BYTES } from '#constants';
import { readLimited } from '../site/site_files.js';
import { absolute } from './site.js';

// A host that sends nothing for so long counts as dead. Waiting for it would keep other work waiting, too.
const STALL_MS = 30_000;
const SCHEME = 'sha256-';
const HASH_DIGITS = 12;

// Headers that describe the bytes on the wire, not those that are kept.
const WIRE_HEADERS = ['content-encoding', 'content-length', 'transfer-encoding'];

export class FileProblem extends Error {
  // `reason` is 'missing', 'refused' (another status), 'mismatch' or 'network'.
  /** @param {FailureReason} reason @param {string} path */
  constructor(reason, path) {
    super(`${reason}: ${path}`);
    this.reason = reason;
    this.path = path;
  }
}

// `promise` is an integrity ("sha256-...") or the beginning of its base64. Resolves to {response, bytes, integrity}; the response is
// new, so that redirects of the host's are forgotten.
/** @type {(path: string, promise: string, firstTry?: RequestCache) => Promise<CheckedFile>} */
export async function fetchChecked(path, promise, firstTry = 'default') {
  const expected = promise.startsWith(SCHEME) ? promise.slice(SCHEME.length) : promise;
  let problem;
  // A cache on the way may hold other bytes than the host has, or that it had none: the second try passes it over.
  for (const cache of /** @type {RequestCache[]} */ ([firstTry, 'reload'])) {
    try {
      return await loadChecked(path, cache, SCHEME + expected);
    } catch (error) {
      if (error instanceof FileProblem && error.reason === 'network') throw error;
      problem = error;
    }
  }
  throw problem;
}

/** @type {(path: string, cache: RequestCache, expected: string) => Promise<CheckedFile>} */
async function loadChecked(path, cache, expected) {
  const { response, bytes } = await load(path, cache);
  const integrity = await integrityOf(bytes);
  if (!integrity.startsWith(expected)) throw new FileProblem('mismatch', path);
  return { response: storedResponse(response, bytes), bytes, integrity };
}

// For octavo.json, about which nothing is promised.
/** @type {(path: string) => Promise<string>} */
export async function fetchText(path) {
  const { bytes } = await load(path, 'no-cache');
  return new TextDecoder().decode(bytes);
}

/** @type {(path: string, cache: RequestCache) => Promise<{ response: Response, bytes: Uint8Array<ArrayBuffer> }>} */
async function load(path, cache) {
  const patience = new AbortController();
  /** @type {number | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), STALL_MS);
  };
  wait();
  try {
    const response = await fetch(absolute(path), { cache, credentials: 'same-origin', priority: 'low', signal: patience.signal });
    if (response.ok) return { response, bytes: await readLimited(response, MAX_POST_FILE_BYTES, wait) };
    await response.body?.cancel();
    throw new FileProblem(response.status === 404 || response.status === 410 ? 'missing' : 'refused', path);
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('network', path);
  } finally {
    clearTimeout(timer);
  }
}

/** @type {(response: Response, bytes: Uint8Array<ArrayBuffer>) => Response} */
export function storedResponse(response, bytes) {
  const headers = new Headers(response.headers);
  for (const name of WIRE_HEADERS) headers.delete(name);
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { headers });
}

// ---- Hashes ----------------------------------------------------------------------------------------------------------------

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<string>} */
export async function integrityOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return SCHEME + btoa(String.fromCharCode(...digest));
}

// The digits in the file's name, from an integrity or the beginning of its base64.
/** @type {(promise: string) => string} */
export function digitsOf(promise) {
  const base64 = promise.startsWith(SCHEME) ? promise.slice(SCHEME.length) : promise;
  const bytes = Uint8Array.from(atob(base64.slice(0, 16)), (character) => character.charCodeAt(0));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, HASH_DIGITS);
}

// True when the bytes are those that the file's name promises: "<anything>.<12 digits>.<extension>".
/** @type {(path: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>} */
export async function isNamedBy(path, bytes) {
  const digits = path.match(/\.([0-9a-f]{12})\.[a-z]+$/)?.[1];
  return digits !== undefined && digitsOf(await integrityOf(bytes)) === digits;
}
