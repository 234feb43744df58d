// Small values that the browser keeps for this reader, under a prefix of the site. Storage may be missing, full or forbidden: nothing
// here throws, and a value that cannot be kept lasts as long as the page.

import { nameOf } from './errors.js';
import { storagePrefix } from './site_scope.js';

export class LocalStore {
  #prefix;
  /** @type {Map<string, string>} */
  #unsaved = new Map();

  /** @param {URL} root */
  constructor(root) {
    this.#prefix = storagePrefix(root);
  }

  /** @returns {Record<string, string>} */
  all() {
    /** @type {Record<string, string>} */
    const values = {};
    this.#attempt(() => {
      for (let i = 0; i < localStorage.length; ++i) {
        const key = localStorage.key(i) ?? '';
        if (key.startsWith(this.#prefix)) values[key.slice(this.#prefix.length)] = localStorage.getItem(key) ?? '';
      }
    });
    return values;
  }

  // '' when there is no value.
  /** @type {(key: string) => string} */
  get(key) {
    /** @type {string | null | undefined} */
    let value = this.#unsaved.get(key);
    this.#attempt(() => {
      value ??= localStorage.getItem(this.#prefix + key);
    });
    return value ?? '';
  }

  // An empty value removes the key.
  /** @type {(key: string, value: string) => void} */
  set(key, value) {
    this.#unsaved.set(key, value);
    this.#attempt(() => {
      if (value === '') localStorage.removeItem(this.#prefix + key);
      else localStorage.setItem(this.#prefix + key, value);
      this.#unsaved.delete(key);
    });
  }

  /** @type {(step: () => void) => void} */
  #attempt(step) {
    try {
      step();
    } catch (error) {
      console.info('octavo: the browser keeps nothing for this site:', nameOf(error));
    }
  }
}
