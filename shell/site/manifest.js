// octavo.json for the page that asks: the service worker is told what the page was made with, so that page and bundle are of one release.

import { FetchFailure, FileError, fetchFile } from './site_files.js';

export class Manifest {
  #url;
  #page;
  #isAskedAgain = false;

  // `page` = {buildId, post} as the static page names them. A bundle on another host has no build ids.
  constructor(url, root, page) {
    this.#url = url.href;
    this.#page = url.origin === root.origin ? page : null;
  }

  is(url) {
    return url.href === this.#url;
  }

  async fetch(signal) {
    const isFirst = !this.#isAskedAgain;
    this.#isAskedAgain = true;
    if (this.#page === null) return fetchFile(this.#url, '', signal);
    const { buildId, post } = this.#page;
    // Asked again, the reader looks for a release that is newer than what is kept.
    if (!isFirst) return fetchFile(this.#url, '', signal, { cache: 'reload' });
    const bytes = await fetchFile(this.#url, '', signal, { headers: { 'octavo-build-id': buildId, 'octavo-post': post } });
    if (isOtherBuild(bytes, buildId)) throw new FileError(FetchFailure.MISMATCH, 200);
    return bytes;
  }
}

// A page that was made with another program, or for other settings, would change under the reader's eyes.
function isOtherBuild(bytes, buildId) {
  const text = new TextDecoder().decode(bytes);
  const found = text.match(/"build_id": ?"([0-9a-f]+)"/)?.[1];
  return buildId !== '' && found !== undefined && found !== buildId;
}
