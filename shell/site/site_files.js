// Gets files of the site over the network and checks their hash and size. Every failure has one of four reasons.

import { FETCH_FAILURES, MAX_POST_FILE_BYTES } from '#constants';

export const FetchFailure = Object.freeze(FETCH_FAILURES);

export class FileError extends Error {
  /** @param {number} reason @param {number} status */
  constructor(reason, status) {
    super(`cannot get the file: reason ${reason}, status ${status}`);
    this.reason = reason;
    this.status = status;
  }
}

// Returns the bytes or throws a FileError. `integrity` is "sha256-..." or empty.
/** @type {(url: URL | string, integrity: string, signal?: AbortSignal, options?: RequestInit) => Promise<Uint8Array<ArrayBuffer>>} */
export async function fetchFile(url, integrity, signal, options = {}) {
  const response = await open(url, integrity, { ...options, signal });
  checkResponse(response);
  try {
    return await readLimited(response, MAX_POST_FILE_BYTES);
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(FetchFailure.NETWORK, response.status);
  }
}

/** @type {(url: URL | string, integrity: string, options: RequestInit) => Promise<Response>} */
async function open(url, integrity, options) {
  const { signal } = options;
  try {
    return await fetch(url, integrity ? { ...options, integrity } : options);
  } catch {
    if (!integrity || signal?.aborted) throw new FileError(FetchFailure.NETWORK, 0);
  }
  // The wrong bytes may come from an HTTP cache.
  try {
    return await fetch(url, { ...options, integrity, cache: 'reload' });
  } catch {
    if (signal?.aborted) throw new FileError(FetchFailure.NETWORK, 0);
  }
  // A wrong hash, an error page in the file's place and a dead network fail alike; only without the hash they can be told apart.
  let response;
  try {
    response = await fetch(url, { signal, cache: 'reload' });
  } catch {
    throw new FileError(FetchFailure.NETWORK, 0);
  }
  checkResponse(response);
  await response.body?.cancel();
  throw new FileError(FetchFailure.MISMATCH, response.status);
}

/** @type {(response: Response) => void} */
function checkResponse(response) {
  const status = response.status;
  // Some hosts answer with their start page where a file is missing.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (status === 404 || status === 410 || (response.ok && isPage)) throw new FileError(FetchFailure.NOT_FOUND, status);
  if (!response.ok) throw new FileError(FetchFailure.NETWORK, status);
  if (Number(response.headers.get('content-length')) > MAX_POST_FILE_BYTES) throw new FileError(FetchFailure.TOO_LARGE, status);
}

// Returns the body's bytes, or throws a FileError if there are more than `limit`. `progressed` is called whenever some arrive.
/** @type {(response: Response, limit: number, progressed?: () => void) => Promise<Uint8Array<ArrayBuffer>>} */
export async function readLimited(response, limit, progressed) {
  const chunks = [];
  let size = 0;
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    progressed?.();
    size += part.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new FileError(FetchFailure.TOO_LARGE, response.status);
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
