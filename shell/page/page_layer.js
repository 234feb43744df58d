// The page layer: the semantic elements over the canvas, made and brought up to date from the core's tree with createElement and
// textContent only. Elements that are already right stay, and with them focus, selection and decoded images.

import { isAllowedAttribute, isAllowedTag } from './allowed_markup.js';

// Tree nodes: ["tag", blockIdOr-1, {attributes}, child...] or "text".
const FIRST_CHILD = 3;
// Bounds the search for an element that can stay, and for a target; without it 10,000 spans would take quadratic time.
const MAX_LOOK_AHEAD = 64;

// Less than an engine can tell apart.
const SAME_PIXEL = 1 / 32;

// Device pixels that a block may lie beside its place before it is moved.
const MOST_DRIFT = 1 / 8;
const SECTIONS = 'main, article, section, header, footer, aside, nav, div';

// Marks an element that is shown by its own text instead of being painted: with the lines of the layout ("set"), as somebody else has
// changed it ("rewritten"), or made it ("foreign").
export const OWN_TEXT = 'data-own-text';

export class PageLayer {
  #layer;
  #blocks = new Map(); // block id -> element
  #nodes = new Map(); // element -> its node of the tree
  #earlierNodes = new Map(); // the same for the tree before, while an update is under way
  #kept = []; // rewritten elements that the last update has left alone
  #isSamePage = false;
  #shifted = []; // blocks that were moved onto their places
  #targets = new Map(); // element of a link or button -> its index among the painter's targets
  #baseUrl = '';

  constructor(layer) {
    this.#layer = layer;
  }

  get element() {
    return this.#layer;
  }

  // Makes the layer what `tree` says, changing as little as possible. `columns` are [[blockId, [width in device px...]]...].
  // `targets` are the painter's links and buttons in document order, `images` and `fields` {blockId, rect} likewise. `scrolled` are the ids of
  // the tables that are shown by their own text. On the same page as before, blocks that somebody has rewritten stay so as long
  // as the page itself has not changed them.
  update({ tree, columns, targets, images, fields, scrolled, isSamePage, dpr, baseUrl }) {
    this.#blocks = new Map();
    this.#earlierNodes = this.#nodes;
    this.#nodes = new Map();
    this.#kept = [];
    this.#isSamePage = isSamePage;
    this.#baseUrl = baseUrl;
    this.#patchChildren(this.#layer, [tree]);
    this.#earlierNodes.clear();
    for (const blockId of scrolled) this.#showScrolled(blockId);
    for (const [blockId, widths] of columns) this.#setColumns(blockId, widths, dpr);
    this.#setSizes(images, 'img', dpr);
    this.#setSizes(fields, 'input, textarea', dpr);
    this.#targets = matchTargets(this.#layer.querySelectorAll('a[href], button'), targets);
  }

  // The painter's index of the link or button that holds `node`, or -1.
  targetIndex(node) {
    const target = node instanceof Element ? node.closest('a[href], button') : null;
    return this.#targets.get(target) ?? -1;
  }

  get keptElements() {
    return this.#kept;
  }

  // The ids of the block that `node` is and of all within it, as the page has them.
  blockIds(node) {
    const source = this.#nodes.get(node);
    return source === undefined ? [] : idsIn(source);
  }

  // {element, id} of the block nearest to `element`, itself included, or null. For a table it is the box that it scrolls in.
  closestBlock(element) {
    for (let it = element; it !== null && it !== this.#layer; it = it.parentElement) {
      const node = this.#nodes.get(it);
      if (node === undefined) continue;
      const id = node[2].class === 'table' ? idsIn(node)[0] : node[1];
      if (id >= 0) return { element: it, id };
    }
    return null;
  }

  // Layout's column begins on a whole device pixel, `left` in CSS pixels; one that the browser centres may not.
  alignTo(left) {
    this.#layer.style.left = '';
    const column = this.#layer.firstElementChild?.firstElementChild;
    if (!column) return;
    const shift = left - column.getBoundingClientRect().left;
    if (Math.abs(shift) > SAME_PIXEL) this.#layer.style.left = `${shift}px`;
  }

  // Engines keep lengths in 64ths or 60ths of a CSS pixel, so at some ratios what are whole device pixels in layout adds up to other
  // places down the page. Blocks are moved back, and nothing else flows anew. `bottomOf` tells layout's device pixels.
  alignBlocks(bottomOf, dpr) {
    for (const block of this.#shifted.splice(0)) block.style.top = '';
    const top = this.#layer.getBoundingClientRect().top;
    const shiftOf = ([id, block]) => bottomOf(id) / dpr - (block.getBoundingClientRect().bottom - top);
    const isOff = (shift) => Math.abs(shift) * dpr > MOST_DRIFT;
    const blocks = [...this.#blocks].map(([id, block]) => [id, outerBox(block)]).filter(([, block]) => isInFlow(block));
    const last = blocks.at(-1);
    if (last === undefined || !isOff(shiftOf(last))) return;
    const shifts = blocks.map(shiftOf);
    blocks.forEach(([, block], i) => {
      if (!isOff(shifts[i])) return;
      block.style.position = 'relative';
      block.style.top = `${shifts[i]}px`;
      this.#shifted.push(block);
    });
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
      let node = match;
      if (typeof child === 'string') node = changeText(match, child);
      else this.#patchElement(match, child);
      next = node.nextSibling;
    }
    while (next !== null) next = removeAndAdvance(next);
  }

  #patchElement(element, node) {
    const attributes = node[2];
    const isKept = this.#isRewritten(element, node);
    for (const { name } of [...element.attributes]) {
      // A heading that has been given the focus would lose it with its tabindex.
      const isFocusable = name === 'tabindex' && element === document.activeElement;
      const stays = isFocusable || (isKept && name === OWN_TEXT);
      if (!Object.hasOwn(attributes, name) && !stays) element.removeAttribute(name);
    }
    this.#setAttributes(element, node);
    if (isKept) this.#kept.push(element);
    else this.#patchChildren(element, node.slice(FIRST_CHILD));
  }

  // An element without an earlier node is of the static page; a translator may have been faster than the reader.
  #isRewritten(element, node) {
    if (!this.#isSamePage || element.getAttribute(OWN_TEXT) !== 'rewritten') return false;
    const earlier = this.#earlierNodes.get(element);
    return earlier === undefined || sayTheSame(earlier, node);
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

  #setAttributes(element, node) {
    const [tag, blockId, attributes] = node;
    this.#nodes.set(element, node);
    if (blockId >= 0) this.#blocks.set(blockId, element);
    for (const [name, value] of Object.entries(attributes)) {
      if (!isAllowedAttribute(tag, name, value, this.#baseUrl)) {
        console.warn(`page layer: ${name} of <${tag}> refused`);
      } else if (element.getAttribute(name) !== value) {
        element.setAttribute(name, value);
      }
    }
  }

  #showScrolled(blockId) {
    const box = this.#blocks.get(blockId)?.closest('.table');
    if (box && !box.hasAttribute(OWN_TEXT)) box.setAttribute(OWN_TEXT, 'set');
  }

  // The columns' widths come from the layout; without them the browser would decide anew.
  #setColumns(blockId, widths, dpr) {
    const block = this.#blocks.get(blockId);
    const table = block?.tagName === 'TABLE' ? block : block?.querySelector('table');
    if (!table) return;
    const group = table.querySelector('colgroup') ?? document.createElement('colgroup');
    while (group.children.length > widths.length) group.lastElementChild.remove();
    while (group.children.length < widths.length) group.appendChild(document.createElement('col'));
    widths.forEach((width, i) => {
      group.children[i].style.width = `${width / dpr}px`;
    });
    // Otherwise the browser would weigh the widths against the cells' content.
    table.style.tableLayout = 'fixed';
    table.style.width = `${widths.reduce((sum, width) => sum + width, 0) / dpr}px`;
    if (!group.isConnected) table.insertBefore(group, table.querySelector('thead, tbody, tr'));
  }

  // Layout gives images and fields whole device pixels.
  #setSizes(placed, selector, dpr) {
    const left = new Map(); // block id -> its elements that have no size yet
    for (const { blockId, rect } of placed) {
      if (!left.has(blockId)) left.set(blockId, (this.#blocks.get(blockId)?.querySelectorAll(selector) ?? []).values());
      const element = left.get(blockId).next().value;
      if (element === undefined) continue;
      element.style.width = `${rect[2] / dpr}px`;
      element.style.height = `${rect[3] / dpr}px`;
    }
  }
}

// Returns the node that has the text then: another one where the space goes that this one began with. Browsers count it as a shift when
// a node begins on another line, even if none of its letters does.
function changeText(node, text) {
  if (node.data === text) return node;
  if (/^\s/.test(node.data) && !/^\s/.test(text)) {
    const other = document.createTextNode(text);
    node.replaceWith(other);
    return other;
  }
  node.data = text;
  return node;
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

function idsIn(node) {
  if (typeof node === 'string') return [];
  const within = node.slice(FIRST_CHILD).flatMap(idsIn);
  return node[1] >= 0 ? [node[1], ...within] : within;
}

// Whatever their lines are: a break stands for white space of any kind.
function sayTheSame(a, b) {
  return contentOf(a).replace(/\s+/g, ' ') === contentOf(b).replace(/\s+/g, ' ');
}

function contentOf(node) {
  if (typeof node === 'string') return node;
  const [tag, , attributes] = node;
  const isBreak = attributes.class === 'lb' || attributes.class === 'lh';
  const content = node.slice(FIRST_CHILD).map(contentOf).join('');
  return isBreak ? content : `<${tag} ${JSON.stringify(attributes)}>${content}`;
}

function removeAndAdvance(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

// Both are in document order; the painter may know a link that has no element (an address that was refused), or the other way
// round (a link without text).
function matchTargets(elements, targets) {
  const matched = new Map();
  let next = 0;
  for (const element of elements) {
    const found = targets.slice(next, next + MAX_LOOK_AHEAD).findIndex((target) => isTargetOf(target, element));
    if (found < 0) continue;
    matched.set(element, next + found);
    next += found + 1;
  }
  return matched;
}

function isTargetOf({ kind, url, action }, element) {
  if (kind === 'button') return element.dataset.action === action;
  // The element's address is percent-encoded, the painter's as it was written.
  return element.tagName === 'A' && decoded(element.getAttribute('href')) === decoded(url);
}

function decoded(url) {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

// A table lies in the box that it may scroll in.
function outerBox(block) {
  return block.parentElement.matches('.table') ? block.parentElement : block;
}

function isInFlow(block) {
  return block.parentElement.matches(SECTIONS) && (block.matches('.table') || !block.matches(SECTIONS));
}
