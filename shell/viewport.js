// What the window is like: width, height, device-pixel ratio and theme, and a call when one of them has changed.

const THEMES = new Set(['light', 'dark', 'sepia']);

export class WindowState {
  #stage;
  #listeners;
  #changed;
  #forgetRatio = () => {};
  #deviceWidth = 0;

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
    const attributes = new MutationObserver(() => changed('theme'));
    attributes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    listeners.addUndo(() => attributes.disconnect());
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

  get theme() {
    const chosen = document.documentElement.dataset.theme;
    if (THEMES.has(chosen)) return chosen;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  get forcedColors() {
    return matchMedia('(forced-colors: active)').matches;
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
