// What is copied from the page: the text as the browser gives it, and markup that says what the elements mean. A browser alone would
// add how they look, and they look transparent over the canvas, with line breaks that are the layout's.

/** @import { Listeners } from '../site/listeners.js' */

import { COPIED_ELEMENTS, LEFT_OUT_ELEMENTS, WRAPPER_ELEMENTS } from '#elements';

const KEPT = new Set(COPIED_ELEMENTS);
// The attributes with a meaning, of the elements that are kept.
const ATTRIBUTES = ['alt', 'title', 'lang', 'dir', 'colspan', 'rowspan', 'start', 'datetime'];
// The hyphens of the layout's line ends, too.
const LEFT_OUT = `${LEFT_OUT_ELEMENTS}, .lh`;
// Elements that a copied part of a paragraph takes along.
const WRAPPERS = `${WRAPPER_ELEMENTS}`;

/** @type {(layer: HTMLElement, listeners: Listeners) => void} */
export function watchCopying(layer, listeners) {
  listeners.add(document, 'copy', (event) => {
    const selection = getSelection();
    const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    if (isField || selection === null || selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(layer)) return;
    const content = meaningOf(selection.getRangeAt(0));
    event.clipboardData.setData('text/html', markupOf(content));
    event.clipboardData.setData('text/plain', textOf(content));
    event.preventDefault();
  });
}

/** @type {(range: Range) => DocumentFragment | Element} */
function meaningOf(range) {
  /** @type {DocumentFragment | Element} */
  let content = document.createDocumentFragment();
  appendMeaning(content, range.cloneContents());
  const common = range.commonAncestorContainer;
  for (let outer = common instanceof Element ? common : common.parentElement; outer?.matches(WRAPPERS); outer = outer.parentElement) {
    const wrapper = bare(outer);
    wrapper.append(content);
    content = wrapper;
  }
  return content;
}

/** @type {(content: Node) => string} */
function markupOf(content) {
  return new XMLSerializer().serializeToString(content).replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', '');
}

// As browsers copy it: paragraphs apart, cells with tabs between them, images as their alternative text. They know when it is laid out.
/** @type {(content: Node) => string} */
function textOf(content) {
  const room = document.createElement('div');
  room.className = 'octavo-copied';
  room.append(content.cloneNode(true));
  for (const image of room.querySelectorAll('img')) image.replaceWith(image.alt);
  document.body.append(room);
  const text = room.innerText.replaceAll('\u00a0', ' ');
  room.remove();
  return text;
}

/** @type {(target: DocumentFragment | Element, source: Node) => void} */
function appendMeaning(target, source) {
  for (const node of source.childNodes) {
    if (node instanceof Text) target.append(node.data);
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) continue;
    const next = KEPT.has(node.localName) ? bare(node) : target;
    appendMeaning(next, node);
    if (next !== target) target.append(next);
  }
}

/** @type {(element: Element) => Element} */
function bare(element) {
  const copy = document.createElement(element.localName);
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  if (element instanceof HTMLAnchorElement && element.hasAttribute('href')) copy.setAttribute('href', element.href);
  if (element instanceof HTMLImageElement && element.hasAttribute('src')) copy.setAttribute('src', element.src);
  return copy;
}
