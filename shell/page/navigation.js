// Links and the session history: what stays inside the reader becomes an event, everything else is left to the browser.

import { absoluteUrl, pagePath, samePage } from '../site/site_address.js';

export class Navigation {
  #root;
  #path;
  #send;
  #listeners;

  // `path` of the page that is shown, `send(event)` passes an event to the core.
  constructor({ root, path, send, listeners }) {
    this.#root = root;
    this.#path = path;
    this.#send = send;
    this.#listeners = listeners;
  }

  // From here on links are followed inside the reader. Until then, and after a failure, they load pages.
  adopt() {
    history.scrollRestoration = 'manual';
    this.#listeners.add(document, 'click', (event) => this.#handleClick(event));
    this.#listeners.add(window, 'popstate', (event) => this.#handlePopState(event));
    // The browser restores the position itself when it loads the page again or leaves and comes back.
    this.#listeners.add(window, 'pagehide', () => {
      this.saveScroll();
      history.scrollRestoration = 'auto';
    });
    this.#listeners.add(window, 'pageshow', () => {
      history.scrollRestoration = 'manual';
    });
    this.#listeners.addUndo(() => {
      history.scrollRestoration = 'auto';
    });
  }

  get path() {
    return this.#path;
  }

  // A page is shown (its path may differ from the link's, which can lack a '/').
  handleShown(path) {
    this.#path = path;
  }

  push(path) {
    this.saveScroll();
    history.pushState({ scrollY: 0 }, '', absoluteUrl(path, this.#root));
  }

  open(url) {
    const target = absoluteUrl(url, this.#root);
    if (target.protocol === 'http:' || target.protocol === 'https:') location.assign(target);
  }

  // Where the reader is belongs to the history entry, so that back leads there.
  saveScroll() {
    if (history.state?.scrollY !== window.scrollY) history.replaceState({ scrollY: window.scrollY }, '');
  }

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

// The path of the page that this click follows inside the reader, or null where the browser must act as on any page.
function followedPath(event, root) {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (link === null || link.hasAttribute('download')) return null;
  if (link.target !== '' && link.target !== '_self') return null;
  return pagePath(new URL(link.href), root);
}
