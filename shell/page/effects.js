// Performs what the core asks of the browser: the one switch over src/core/reader/effect.h (except ShowPage, see reader_session.js).

/** @import { Effect, FetchEffect } from '../program/messages.d.ts' */
/** @import { Listeners } from '../site/listeners.js' */
/** @import { LocalStore } from '../site/local_store.js' */
/** @import { Manifest } from '../site/manifest.js' */
/** @import { Navigation } from './navigation.js' */

import { applyPreferences } from './preferences.js';
import { absoluteUrl } from '../site/site_address.js';
import { FetchFailure, FileError, fetchFile } from '../site/site_files.js';

export class Effects {
  #root;
  #localStore;
  #navigation;
  #announcer;
  #answer;
  #manifest;
  #abort = new AbortController();

  // `answer` takes the outcomes of fetches. `manifest` gets octavo.json.
  /**
   * @param {{
   *   root: URL,
   *   localStore: LocalStore,
   *   navigation: Navigation,
   *   announcer: HTMLElement,
   *   answer: {
   *     fetched: (request: number, bytes: Uint8Array) => void,
   *     fetchFailed: (request: number, reason: number, status: number) => void,
   *   },
   *   manifest: Manifest,
   *   listeners: Listeners,
   * }} options
   */
  constructor({ root, localStore, navigation, announcer, answer, manifest, listeners }) {
    this.#root = root;
    this.#localStore = localStore;
    this.#navigation = navigation;
    this.#announcer = announcer;
    this.#answer = answer;
    this.#manifest = manifest;
    listeners.addUndo(() => this.#abort.abort());
  }

  /** @type {(effect: Effect) => void} */
  perform(effect) {
    switch (effect.type) {
      case 'fetch':
        this.#fetch(effect);
        break;
      case 'push_address':
        this.#navigation.push(effect.path);
        break;
      case 'open_address':
        this.#navigation.open(effect.url);
        break;
      case 'announce':
        this.#announcer.textContent = effect.text;
        break;
      case 'store_item':
        this.#localStore.set(effect.key, effect.value);
        break;
      case 'prefer':
        applyPreferences(effect);
        break;
      default:
        throw new Error(`unknown effect ${/** @type {{ type: string }} */ (effect).type}`);
    }
  }

  /** @type {(effect: FetchEffect) => Promise<void>} */
  async #fetch({ request, url, integrity }) {
    const { signal } = this.#abort;
    let bytes;
    try {
      const address = absoluteUrl(url, this.#root);
      bytes = await (this.#manifest.is(address) ? this.#manifest.fetch(signal) : fetchFile(address, integrity, signal));
    } catch (error) {
      const { reason, status } = error instanceof FileError ? error : new FileError(FetchFailure.NETWORK, 0);
      if (!signal.aborted) this.#answer.fetchFailed(request, reason, status);
      return;
    }
    if (!signal.aborted) this.#answer.fetched(request, bytes);
  }
}
