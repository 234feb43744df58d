// Sets what a page needs besides its elements: title, language, scroll position and focus.

/** @import { PageMessage } from '../program/messages.d.ts' */
/** @typedef {{ block: Element, part: number, top: number }} ReadingPlace */

import { absoluteUrl } from '../site/site_address.js';

const TEXT_BLOCKS = 'h1, h2, h3, h4, h5, h6, p, pre, table, figure, hr, dt';

/** @type {(message: PageMessage, root: URL) => void} */
export function setPageAttributes({ title, language, direction, description, path }, root) {
  document.title = title;
  // Setting a value again, even an equal one, makes browsers compute the style of every element.
  const html = document.documentElement;
  if (html.lang !== language) html.lang = language;
  if (html.dir !== direction) html.dir = direction;
  document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  // The site's public address can differ from the one it is read at, so only a path is replaced.
  const canonical = document.querySelector('link[rel="canonical"]');
  if (!(canonical instanceof HTMLLinkElement)) return;
  const publicRoot = canonicalRoot(canonical.href, root);
  canonical.href = absoluteUrl(path.split('#', 1)[0], publicRoot).href;
}

// Relative addresses in the head would lead elsewhere once the history has moved, and the browser would fetch the icon again.
export function fixHeadAddresses() {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const links = document.head.querySelectorAll('link[rel="icon"], link[rel="alternate"]');
  for (const link of links) link.setAttribute('href', link.href);
}

/** @type {URL | null} */
let publicRootOfSite = null;

/** @type {(href: string, root: URL) => URL} */
function canonicalRoot(href, root) {
  if (publicRootOfSite === null) {
    const here = new URL(document.URL);
    const path = here.pathname.slice(root.pathname.length);
    const url = new URL(href);
    if (url.pathname.endsWith(path)) url.pathname = url.pathname.slice(0, url.pathname.length - path.length);
    publicRootOfSite = url;
  }
  return publicRootOfSite;
}

// What the reader is looking at: the first block that is not above the window, and how far it is scrolled past.
/** @type {(layer: Element) => ReadingPlace | null} */
export function readingPlace(layer) {
  if (window.scrollY <= 0) return null;
  for (const block of layer.querySelectorAll(TEXT_BLOCKS)) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (bottom > 0 && height > 0) return { block, part: top / height, top };
  }
  return null;
}

// Scrolls to `place` (from readingPlace) if there is one, otherwise to the fragment, otherwise to the position that the core names.
/** @type {(message: Pick<PageMessage, 'fragment' | 'scrollY' | 'keepScroll' | 'relayout'>, place: ReadingPlace | null) => void} */
export function applyScroll({ fragment, scrollY, keepScroll, relayout }, place) {
  if (place !== null) {
    if (place.block.isConnected) scrollBackTo(place);
    return;
  }
  if (keepScroll || relayout) return;
  const target = fragment ? document.getElementById(fragment) : null;
  if (target !== null) target.scrollIntoView();
  else window.scrollTo(0, scrollY);
}

// A block that begins in the window keeps its distance from the window's top. One that began above keeps the part that is read.
/** @type {(place: ReadingPlace) => void} */
export function scrollBackTo({ block, part, top }) {
  const box = block.getBoundingClientRect();
  const wanted = top >= 0 ? top : part * box.height;
  if (Math.abs(box.top - wanted) >= 1) window.scrollBy(0, box.top - wanted);
}

// After a link was followed, the focus goes to the new page's heading, so that keyboard and screen reader continue there.
/** @type {(layer: HTMLElement) => void} */
export function focusContent(layer) {
  const main = layer.querySelector('main') ?? layer;
  const content = main.querySelector('h1') ?? main;
  if (!content.hasAttribute('tabindex')) content.setAttribute('tabindex', '-1');
  content.focus({ preventScroll: true });
}
