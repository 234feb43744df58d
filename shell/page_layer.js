// The page layer: the semantic elements over the canvas, made and brought up to date from the core's tree with createElement and
// textContent only. Elements that are already right stay, and with them focus, selection and decoded images.

import { isAllowedAttribute, isAllowedTag } from './allowed_markup.js';

// Tree nodes: ["tag", blockIdOr-1, {attributes}, child...] or "text".
const FIRST_CHILD = 3;
// Bounds the search for an element that can stay; without it a paragraph of 10,000 spans would take quadratic time.
const MAX_LOOK_AHEAD = 64;

export class PageLayer {
  #layer;
  #blocks = new Map(); // block id -> element
  #targets = []; // links and buttons in document order
  #baseUrl = '';

  constructor(layer) {
    this.#layer = layer;
  }

  get element() {
    return this.#layer;
  }

  // Makes the layer what `tree` says, changing as little as possible. `columns` are [[blockId, [width in device px...]]...].
  update({ tree, columns = [], dpr = 1, baseUrl }) {
    this.#blocks = new Map();
    this.#baseUrl = baseUrl;
    this.#patchChildren(this.#layer, [tree]);
    for (const [blockId, widths] of columns) this.#setColumns(blockId, widths, dpr);
    this.#targets = [...this.#layer.querySelectorAll('a[href], button')];
  }

  blockElement(blockId) {
    return this.#blocks.get(blockId) ?? null;
  }

  // The place of the link or button that holds `node` among all of them, or -1.
  targetIndex(node) {
    const target = node instanceof Element ? node.closest('a[href], button') : null;
    return target === null ? -1 : this.#targets.indexOf(target);
  }

  // The block whose top edge is the first below `top` (CSS px of the window): what the reader is looking at.
  firstBlockBelow(top) {
    for (const [blockId, element] of this.#blocks) {
      if (element.firstElementChild !== null && !isTextBlock(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.height > 0 && box.bottom > top) return { blockId, box };
    }
    return null;
  }

  // ---- Bringing the elements up to date --------------------------------------------------------------------------

  // Walks old and new children side by side. A new child takes the next old one of its kind, so that nodes never move (a moved
  // element loses focus); what is left over goes.
  #patchChildren(parent, children) {
    let next = parent.firstChild;
    for (const child of children) {
      const match = findMatch(next, child);
      if (match === null) {
        const made = this.#make(child);
        if (made !== null) parent.insertBefore(made, next);
        continue;
      }
      while (next !== match) next = removeAndAdvance(next);
      if (typeof child === 'string') {
        if (match.data !== child) match.data = child;
      } else {
        this.#patchElement(match, child);
      }
      next = match.nextSibling;
    }
    while (next !== null) next = removeAndAdvance(next);
  }

  #patchElement(element, node) {
    const attributes = node[2];
    for (const { name } of [...element.attributes]) {
      if (!Object.hasOwn(attributes, name)) element.removeAttribute(name);
    }
    this.#setAttributes(element, node);
    this.#patchChildren(element, node.slice(FIRST_CHILD));
  }

  #make(node) {
    if (typeof node === 'string') return document.createTextNode(node);
    if (!isAllowedTag(node[0])) {
      console.warn(`page layer: <${node[0]}> refused`);
      return null;
    }
    const element = document.createElement(node[0]);
    this.#setAttributes(element, node);
    for (let i = FIRST_CHILD; i < node.length; ++i) {
      const child = this.#make(node[i]);
      if (child !== null) element.appendChild(child);
    }
    return element;
  }

  #setAttributes(element, [tag, blockId, attributes]) {
    if (blockId >= 0) this.#blocks.set(blockId, element);
    for (const [name, value] of Object.entries(attributes)) {
      if (!isAllowedAttribute(tag, name, value, this.#baseUrl)) {
        console.warn(`page layer: ${name} of <${tag}> refused`);
      } else if (element.getAttribute(name) !== value) {
        element.setAttribute(name, value);
      }
    }
  }

  // The columns' widths come from the layout; without them the browser would decide anew.
  #setColumns(blockId, widths, dpr) {
    const block = this.blockElement(blockId);
    const table = block?.tagName === 'TABLE' ? block : block?.querySelector('table');
    if (!table) return;
    const group = table.querySelector('colgroup') ?? document.createElement('colgroup');
    while (group.children.length > widths.length) group.lastElementChild.remove();
    while (group.children.length < widths.length) group.appendChild(document.createElement('col'));
    widths.forEach((width, i) => {
      group.children[i].style.width = `${width / dpr}px`;
    });
    if (!group.isConnected) table.insertBefore(group, table.querySelector('thead, tbody, tr'));
  }
}

function findMatch(from, child) {
  let node = from;
  for (let i = 0; node !== null && i < MAX_LOOK_AHEAD; ++i, node = node.nextSibling) {
    if (typeof child === 'string') {
      // Text is cheap: only the very next node is taken, so that no element is skipped for it.
      return node.nodeType === Node.TEXT_NODE ? node : null;
    }
    if (node.nodeType === Node.ELEMENT_NODE && node.localName === child[0] && sameThing(node, child[2])) return node;
  }
  return null;
}

// An element stands for the same thing when these are the same.
function sameThing(element, attributes) {
  return ['href', 'src', 'id', 'class', 'data-action'].every(
    (name) => element.getAttribute(name) === (attributes[name] ?? null),
  );
}

function removeAndAdvance(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function isTextBlock(element) {
  return /^(P|H[1-6]|PRE|TABLE|FIGURE|HR|LI|DT|DD|SUMMARY)$/.test(element.tagName);
}
