// What belongs to showing another page besides its elements: title, language, scroll position and focus.

import { absoluteUrl } from '../site/site_address.js';

const TEXT_BLOCKS = 'h1, h2, h3, h4, h5, h6, p, pre, table, figure, hr, dt';

export function setPageAttributes({ title, language, direction, description, path }, root) {
  document.title = title;
  // Setting what is there already would have browsers work out the style of every element again.
  const html = document.documentElement;
  if (html.lang !== language) html.lang = language;
  if (html.dir !== direction) html.dir = direction;
  document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  // The site's public address can differ from the one it is read at, so only a path is replaced.
  const canonical = document.querySelector('link[rel="canonical"]');
  if (canonical === null) return;
  const publicRoot = canonicalRoot(canonical.href, root);
  canonical.href = absoluteUrl(path.split('#', 1)[0], publicRoot);
}

// Relative addresses in the head would lead elsewhere once the history has moved; the browser asks for the icon again each time.
export function fixHeadAddresses() {
  for (const link of document.head.querySelectorAll('link[rel="icon"], link[rel="alternate"]')) {
    link.setAttribute('href', link.href);
  }
}

let knownPublicRoot = null;

function canonicalRoot(href, root) {
  if (knownPublicRoot === null) {
    const here = new URL(document.URL);
    const path = here.pathname.slice(root.pathname.length);
    const url = new URL(href);
    if (url.pathname.endsWith(path)) url.pathname = url.pathname.slice(0, url.pathname.length - path.length);
    knownPublicRoot = url;
  }
  return knownPublicRoot;
}

// What the reader is looking at: the first block that is not above the window, and how far it is scrolled past.
export function readingPlace(layer) {
  if (window.scrollY <= 0) return null;
  for (const block of layer.querySelectorAll(TEXT_BLOCKS)) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (bottom > 0 && height > 0) return { block, part: top / height, top };
  }
  return null;
}

// `place` (from readingPlace) wins for the same page; otherwise the fragment, otherwise the position that the core names.
export function applyScroll({ fragment, scrollY, keepScroll, relayout }, place) {
  if (place !== null) {
    if (place.block.isConnected) returnTo(place);
    return;
  }
  if (keepScroll || relayout) return;
  const target = fragment ? document.getElementById(fragment) : null;
  if (target !== null) target.scrollIntoView();
  else window.scrollTo(0, scrollY);
}

// A block that begins in the window keeps its distance from the window's top; one that began above keeps the part read.
function returnTo({ block, part, top }) {
  const box = block.getBoundingClientRect();
  const wished = top >= 0 ? top : part * box.height;
  if (Math.abs(box.top - wished) >= 1) window.scrollBy(0, box.top - wished);
}

// After a link was followed the focus goes to the new page's heading, so that keyboard and screen reader continue there.
export function focusContent(layer) {
  const main = layer.querySelector('main') ?? layer;
  const content = main.querySelector('h1') ?? main;
  if (!content.hasAttribute('tabindex')) content.setAttribute('tabindex', '-1');
  content.focus({ preventScroll: true });
}
