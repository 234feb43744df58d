// Links and the session history: what stays inside the reader becomes an event, everything else is left to the browser.

/** @import { ReaderEvent } from '../program/messages.d.ts' */
/** @import { Listeners } from '../site/listeners.js' */

import { absoluteUrl, pagePath, samePage } from '../site/site_address.js';

export class Navigation {
  #root;
  #path;
  #send;
  #listeners;

  // `path` is that of the page that is shown; `send` passes an event to the core.
  /** @param {{ root: URL, path: string, send: (event: ReaderEvent) => void, listeners: Listeners }} options */
  constructor({ root, path, send, listeners }) {
    this.#root = root;
    this.#path = path;
    this.#send = send;
    this.#listeners = listeners;
  }

  // From now on links are followed inside the reader. Until then, and after a failure, they load pages.
  adopt() {
    history.scrollRestoration = 'manual';
    restoreScroll();
    this.#listeners.add(document, 'click', (event) => this.#handleClick(event));
    this.#listeners.add(window, 'popstate', (event) => this.#handlePopState(event));
    // The browser restores the position itself when it loads the page again or leaves and comes back.
    this.#listeners.add(window, 'pagehide', () => {
      this.saveScroll();
      history.scrollRestoration = 'auto';
    });
    this.#listeners.add(window, 'pageshow', () => {
      history.scrollRestoration = 'manual';
      restoreScroll(); // WebKit goes to the top when all of the page is loaded
    });
    this.#listeners.addUndo(() => {
      history.scrollRestoration = 'auto';
    });
  }

  get path() {
    return this.#path;
  }

  // A page is shown. Its path may differ from the link's, which can lack a '/'.
  /** @type {(path: string) => void} */
  handleShown(path) {
    this.#path = path;
  }

  /** @type {(path: string) => void} */
  push(path) {
    this.saveScroll();
    history.pushState({ scrollY: 0 }, '', absoluteUrl(path, this.#root));
  }

  /** @type {(url: string) => void} */
  open(url) {
    const target = absoluteUrl(url, this.#root);
    if (target.protocol === 'http:' || target.protocol === 'https:') location.assign(target.href);
  }

  // The scroll position belongs to the history entry, so that going back leads to it.
  saveScroll() {
    if (history.state?.scrollY !== window.scrollY) history.replaceState({ scrollY: window.scrollY }, '');
  }

  /** @type {(event: MouseEvent) => void} */
  #handleClick(event) {
    const path = followedPath(event, this.#root);
    if (path === null) return;
    if (samePage(path, this.#path)) {
      if (path.includes('#')) return; // the browser scrolls there itself and keeps :target right
      event.preventDefault();
      window.scrollTo(0, 0);
      return;
    }
    event.preventDefault();
    this.#send({ type: 'link_followed', path });
  }

  /** @type {(event: PopStateEvent) => void} */
  #handlePopState(event) {
    const path = pagePath(new URL(location.href), this.#root);
    const scrollY = event.state?.scrollY;
    if (path === null) {
      location.reload();
    } else if (!samePage(path, this.#path)) {
      this.#send({ type: 'history_moved', path, scrollY: scrollY ?? 0 });
    } else if (scrollY !== undefined) {
      window.scrollTo(0, scrollY);
    }
  }
}

// A document that is loaded once more, by going back or by a reload, begins at its top in browsers that pay no heed to what is set while
// the page is left. Only an entry that the reader has seen before has a place.
function restoreScroll() {
  const scrollY = history.state?.scrollY;
  if (typeof scrollY === 'number' && window.scrollY === 0) window.scrollTo(0, scrollY);
}

// The path of the page that this click opens inside the reader, or null where the browser must act as on any page.
/** @type {(event: MouseEvent, root: URL) => string | null} */
function followedPath(event, root) {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute('download')) return null;
  if (link.target !== '' && link.target !== '_self') return null;
  return pagePath(new URL(link.href), root);
}
