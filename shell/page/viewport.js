// What the window is like: width, height, device-pixel ratio, text size and theme, and a call when one of them has changed.

import { chosenTheme, textScale, watchPreferences } from './preferences.js';

export class WindowState {
  #stage;
  #listeners;
  #changed;
  #forgetRatio = () => {};
  #deviceWidth = 0;
  #scrollBar = { dpr: 0, height: 0 };
  #minFont = { dpr: 0, size: 0 };

  // `changed(what)` with what = "size", "theme" or "contrast".
  constructor({ stage, listeners, changed }) {
    this.#stage = stage;
    this.#listeners = listeners;
    this.#changed = changed;
    this.#watchSize();
    this.#watchRatio();
    listeners.addUndo(() => this.#forgetRatio());
    this.#watchMedia('(prefers-color-scheme: dark)', 'theme');
    this.#watchMedia('(forced-colors: active)', 'contrast');
    this.#watchMedia('(prefers-contrast: more)', 'theme');
    watchPreferences(listeners, changed);
  }

  get dpr() {
    return window.devicePixelRatio || 1;
  }

  // Whole device pixels. The width is what the browser itself rounds the stage to, where it says so; emulated devices say
  // something that has nothing to do with their ratio.
  get deviceWidth() {
    const computed = this.widthCss * this.dpr;
    return Math.abs(this.#deviceWidth - computed) <= 1 ? this.#deviceWidth : Math.round(computed);
  }

  get deviceHeight() {
    return Math.ceil(window.innerHeight * this.dpr);
  }

  // The exact, possibly fractional width that the browser lays the page layer out in; clientWidth is rounded.
  get widthCss() {
    return this.#stage.getBoundingClientRect().width || document.documentElement.clientWidth;
  }

  get heightCss() {
    return document.documentElement.clientHeight;
  }

  // The height of a horizontal scroll bar that takes room. It is as many device pixels at every zoom.
  get scrollBarCss() {
    if (this.#scrollBar.dpr !== this.dpr) this.#scrollBar = { dpr: this.dpr, height: measureScrollBar() };
    return this.#scrollBar.height;
  }

  // CSS pixels; 0 where the browser makes letters as small as the page wants. Depends on the zoom, too.
  get minFontCss() {
    if (this.#minFont.dpr !== this.dpr) this.#minFont = { dpr: this.dpr, size: measureMinFont() };
    return this.#minFont.size;
  }

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
      observer.observe(this.#stage); // WebKit has no device-pixel boxes; the width is rounded then.
    }
    this.#listeners.addUndo(() => observer.disconnect());
  }

  // A resolution query matches one ratio only, so it is made anew after every change.
  #watchRatio() {
    const query = matchMedia(`(resolution: ${this.dpr}dppx)`);
    const handler = () => {
      this.#watchRatio();
      this.#deviceWidth = 0;
      this.#changed('size');
    };
    this.#forgetRatio();
    query.addEventListener('change', handler, { once: true });
    this.#forgetRatio = () => query.removeEventListener('change', handler);
  }

  #watchMedia(text, what) {
    this.#listeners.add(matchMedia(text), 'change', () => this.#changed(what));
  }
}

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

// Told by the widths of a text that is to be tiny and of a large one. A style may say what was asked for.
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
