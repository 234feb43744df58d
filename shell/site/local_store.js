// Small values of this reader, kept in the browser under a prefix of the site. Storage may be missing, full or forbidden: nothing
// here throws, and what cannot be kept is forgotten with the page.

import { storagePrefix } from './site_scope.js';

export class LocalStore {
  #prefix;
  #unkept = new Map();

  constructor(root) {
    this.#prefix = storagePrefix(root);
  }

  all() {
    const values = {};
    this.#attempt(() => {
      for (let i = 0; i < localStorage.length; ++i) {
        const key = localStorage.key(i);
        if (key.startsWith(this.#prefix)) values[key.slice(this.#prefix.length)] = localStorage.getItem(key);
      }
    });
    return values;
  }

  // '' when nothing is kept.
  get(key) {
    let value = this.#unkept.get(key);
    this.#attempt(() => {
      value ??= localStorage.getItem(this.#prefix + key);
    });
    return value ?? '';
  }

  // An empty value forgets the key.
  set(key, value) {
    this.#unkept.set(key, value);
    this.#attempt(() => {
      if (value === '') localStorage.removeItem(this.#prefix + key);
      else localStorage.setItem(this.#prefix + key, value);
      this.#unkept.delete(key);
    });
  }

  #attempt(step) {
    try {
      step();
    } catch (error) {
      console.info('octavo: the browser keeps nothing for this site:', error.name);
    }
  }
}
