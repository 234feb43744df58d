// Performs what the core asks of the browser: the one switch over src/core/reader/effect.h (ShowPage goes to main.js).

import { applyPreferences } from './preferences.js';
import { absoluteUrl } from '../site/site_address.js';
import { fetchFile } from '../site/site_files.js';

export class Effects {
  #root;
  #localStore;
  #navigation;
  #announcer;
  #answer;
  #manifest;
  #abort = new AbortController();

  // `answer` = {fetched(request, bytes), fetchFailed(request, reason, status)}. `manifest` asks for octavo.json.
  constructor({ root, localStore, navigation, announcer, answer, manifest, listeners }) {
    this.#root = root;
    this.#localStore = localStore;
    this.#navigation = navigation;
    this.#announcer = announcer;
    this.#answer = answer;
    this.#manifest = manifest;
    listeners.addUndo(() => this.#abort.abort());
  }

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
      case 'remember':
        this.#localStore.set(effect.key, effect.value);
        break;
      case 'prefer':
        applyPreferences(effect);
        break;
      default:
        throw new Error(`unknown effect ${effect.type}`);
    }
  }

  async #fetch({ request, url, integrity }) {
    const { signal } = this.#abort;
    let bytes;
    try {
      const address = absoluteUrl(url, this.#root);
      bytes = await (this.#manifest.is(address) ? this.#manifest.fetch(signal) : fetchFile(address, integrity, signal));
    } catch (error) {
      if (!signal.aborted) this.#answer.fetchFailed(request, error.reason ?? 0, error.status ?? 0);
      return;
    }
    if (!signal.aborted) this.#answer.fetched(request, bytes);
  }
}
