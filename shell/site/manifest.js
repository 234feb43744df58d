// Gets octavo.json. The request tells the service worker which release the page belongs to, so that page and bundle match.

import { FetchFailure, FileError, fetchFile } from './site_files.js';

export class Manifest {
  #url;
  #page;
  #isAskedAgain = false;

  // `page` is what the static page says about itself. A bundle on another host has no build ids.
  /** @param {URL} url @param {URL} root @param {{ buildId: string, post: string }} page */
  constructor(url, root, page) {
    this.#url = url.href;
    this.#page = url.origin === root.origin ? page : null;
  }

  /** @type {(url: URL) => boolean} */
  is(url) {
    return url.href === this.#url;
  }

  /** @type {(signal: AbortSignal) => Promise<Uint8Array>} */
  async fetch(signal) {
    const isFirst = !this.#isAskedAgain;
    this.#isAskedAgain = true;
    if (this.#page === null) return fetchFile(this.#url, '', signal);
    const { buildId, post } = this.#page;
    // When it asks again, the reader looks for a newer release than the one on the device.
    if (!isFirst) return fetchFile(this.#url, '', signal, { cache: 'reload' });
    const bytes = await fetchFile(this.#url, '', signal, { headers: { 'octavo-build-id': buildId, 'octavo-post': post } });
    if (isOtherBuild(bytes, buildId)) throw new FileError(FetchFailure.MISMATCH, 200);
    return bytes;
  }
}

// A page that was built with another program or other settings would change before the reader's eyes.
/** @type {(bytes: Uint8Array, buildId: string) => boolean} */
function isOtherBuild(bytes, buildId) {
  const text = new TextDecoder().decode(bytes);
  const found = text.match(/"build_id": ?"([0-9a-f]+)"/)?.[1];
  return buildId !== '' && found !== undefined && found !== buildId;
}
