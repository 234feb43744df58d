// Gets files and lets none in whose hash is not the promised one: a host may be half-way through a deployment, answer every address
// with its start page, or keep old bytes in one of its caches.

import { readLimited } from '../site/site_files.js';
import { absolute } from './site.js';

// Many times the largest pack; beyond it the bytes would only fill the memory.
const MAX_BYTES = 64 * 1024 * 1024;
// A host that says nothing for so long is taken for dead: who waits for it keeps others from their work.
const STALL_MS = 30_000;
const SCHEME = 'sha256-';
const HASH_DIGITS = 12;

// Headers that describe the bytes on the wire, not those that are kept.
const WIRE_HEADERS = ['content-encoding', 'content-length', 'transfer-encoding'];

export class FileProblem extends Error {
  // `reason` is 'missing', 'refused' (another status), 'mismatch' or 'network'.
  constructor(reason, path) {
    super(`${reason}: ${path}`);
    this.reason = reason;
    this.path = path;
  }
}

// `promise` is an integrity ("sha256-...") or the beginning of its base64. Resolves to {response, bytes, integrity}; the response is
// new, so that redirects of the host's are forgotten.
export async function fetchChecked(path, promise, firstTry = 'default') {
  const expected = promise.startsWith(SCHEME) ? promise.slice(SCHEME.length) : promise;
  let problem;
  // A cache on the way may hold other bytes than the host has, or that it had none: the second try passes it over.
  for (const cache of [firstTry, 'reload']) {
    try {
      return await loadChecked(path, cache, SCHEME + expected);
    } catch (error) {
      if (error.reason === 'network') throw error;
      problem = error;
    }
  }
  throw problem;
}

async function loadChecked(path, cache, expected) {
  const { response, bytes } = await load(path, cache);
  const integrity = await integrityOf(bytes);
  if (!integrity.startsWith(expected)) throw new FileProblem('mismatch', path);
  return { response: kept(response, bytes), bytes, integrity };
}

// For octavo.json, about which nothing is promised.
export async function fetchText(path) {
  const { bytes } = await load(path, 'no-cache');
  return new TextDecoder().decode(bytes);
}

async function load(path, cache) {
  const patience = new AbortController();
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), STALL_MS);
  };
  wait();
  try {
    const response = await fetch(absolute(path), { cache, credentials: 'same-origin', priority: 'low', signal: patience.signal });
    if (response.ok) return { response, bytes: await readLimited(response, MAX_BYTES, wait) };
    await response.body?.cancel();
    throw new FileProblem(response.status === 404 || response.status === 410 ? 'missing' : 'refused', path);
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('network', path);
  } finally {
    clearTimeout(timer);
  }
}

export function kept(response, bytes) {
  const headers = new Headers(response.headers);
  for (const name of WIRE_HEADERS) headers.delete(name);
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { headers });
}

// ---- Hashes ----------------------------------------------------------------------------------------------------------------

export async function integrityOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return SCHEME + btoa(String.fromCharCode(...digest));
}

// The digits that stand in the file's name, from an integrity or the beginning of its base64.
export function digitsOf(promise) {
  const base64 = promise.startsWith(SCHEME) ? promise.slice(SCHEME.length) : promise;
  const bytes = Uint8Array.from(atob(base64.slice(0, 16)), (character) => character.charCodeAt(0));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, HASH_DIGITS);
}

// True when the bytes are those that the file's name promises: "<anything>.<12 digits>.<extension>".
export async function isNamedBy(path, bytes) {
  const digits = path.match(/\.([0-9a-f]{12})\.[a-z]+$/)?.[1];
  return digits !== undefined && digitsOf(await integrityOf(bytes)) === digits;
}
