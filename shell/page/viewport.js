// The state of the window: width, height, device-pixel ratio, text size and theme, and a call when one of them has changed.

/** @import { ThemeKind } from '../program/messages.d.ts' */
/** @import { Listeners } from '../site/listeners.js' */
/** @typedef {'size' | 'theme' | 'contrast'} WindowChange */

import { chosenTheme, textScale, watchPreferences } from './preferences.js';

export class WindowState {
  #stage;
  #listeners;
  #changed;
  #unwatchRatio = () => {};
  #deviceWidth = 0;
  #scrollBar = { dpr: 0, height: 0 };
  #minFont = { dpr: 0, size: 0 };

  /** @param {{ stage: HTMLElement, listeners: Listeners, changed: (what: WindowChange) => void }} options */
  constructor({ stage, listeners, changed }) {
    this.#stage = stage;
    this.#listeners = listeners;
    this.#changed = changed;
    this.#watchSize();
    this.#watchRatio();
    listeners.addUndo(() => this.#unwatchRatio());
    this.#watchMedia('(prefers-color-scheme: dark)', 'theme');
    this.#watchMedia('(forced-colors: active)', 'contrast');
    this.#watchMedia('(prefers-contrast: more)', 'theme');
    watchPreferences(listeners, changed);
  }

  get dpr() {
    return window.devicePixelRatio || 1;
  }

  // Whole device pixels. The width is the browser's own rounding of the stage, where it tells. Emulated devices tell a width that has
  // nothing to do with their ratio.
  get deviceWidth() {
    const computed = this.widthCss * this.dpr;
    return Math.abs(this.#deviceWidth - computed) <= 1 ? this.#deviceWidth : Math.round(computed);
  }

  get deviceHeight() {
    return Math.ceil(window.innerHeight * this.dpr);
  }

  // The exact, possibly fractional width in which the browser lays out the page layer. clientWidth is rounded.
  get widthCss() {
    return this.#stage.getBoundingClientRect().width || document.documentElement.clientWidth;
  }

  get heightCss() {
    return document.documentElement.clientHeight;
  }

  // The height of a horizontal scroll bar that takes space. It has as many device pixels at every zoom.
  get scrollBarCss() {
    if (this.#scrollBar.dpr !== this.dpr) this.#scrollBar = { dpr: this.dpr, height: measureScrollBar() };
    return this.#scrollBar.height;
  }

  // The browser's minimum font size in CSS pixels, or 0. It depends on the zoom, too.
  get minFontCss() {
    if (this.#minFont.dpr !== this.dpr) this.#minFont = { dpr: this.dpr, size: measureMinFont() };
    return this.#minFont.size;
  }

  /** @returns {ThemeKind} */
  get theme() {
    const chosen = chosenTheme();
    const isSystem = chosen !== 'light' && chosen !== 'sepia';
    const isDark = chosen === 'dark' || (isSystem && matches('(prefers-color-scheme: dark)'));
    if (matches('(prefers-contrast: more)')) return isDark ? 'dark-contrast' : 'light-contrast';
    if (chosen === 'sepia') return chosen;
    return isDark ? 'dark' : 'light';
  }

  get textScale() {
    return textScale();
  }

  get forcedColors() {
    return matches('(forced-colors: active)');
  }

  #watchSize() {
    this.#listeners.add(window, 'resize', () => this.#changed('size'));
    const observer = new ResizeObserver((entries) => {
      const box = entries[0].devicePixelContentBoxSize?.[0];
      const width = box === undefined ? 0 : box.inlineSize;
      if (width === this.#deviceWidth) return;
      this.#deviceWidth = width;
      this.#changed('size');
    });
    try {
      observer.observe(this.#stage, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.#stage); // WebKit has no device-pixel boxes, so the width is rounded
    }
    this.#listeners.addUndo(() => observer.disconnect());
  }

  // A resolution query matches one ratio only, so there is a new one after every change.
  #watchRatio() {
    const query = matchMedia(`(resolution: ${this.dpr}dppx)`);
    const handler = () => {
      this.#watchRatio();
      this.#deviceWidth = 0;
      this.#changed('size');
    };
    this.#unwatchRatio();
    query.addEventListener('change', handler, { once: true });
    this.#unwatchRatio = () => query.removeEventListener('change', handler);
  }

  /** @type {(text: string, what: WindowChange) => void} */
  #watchMedia(text, what) {
    this.#listeners.add(matchMedia(text), 'change', () => this.#changed(what));
  }
}

/** @type {(query: string) => boolean} */
function matches(query) {
  return matchMedia(query).matches;
}

function measureScrollBar() {
  const box = document.createElement('div');
  Object.assign(box.style, { position: 'absolute', visibility: 'hidden', overflowX: 'scroll' });
  document.body.append(box);
  const { height } = box.getBoundingClientRect();
  box.remove();
  return height;
}

// Compares the widths of a text at a tiny size and at a large one, because the computed style may not tell the size in use.
function measureMinFont() {
  const [tiny, large] = [1, 100].map((size) => {
    const text = document.createElement('span');
    Object.assign(text.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'nowrap', fontSize: `${size}px` });
    text.textContent = 'octavo octavo octavo';
    document.body.append(text);
    const { width } = text.getBoundingClientRect();
    text.remove();
    return width;
  });
  const size = Math.round((tiny / large) * 400) / 4;
  return size > 2 ? size : 0;
}
