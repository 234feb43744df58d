// The page layer: the semantic elements over the canvas, created and updated from the core's tree with createElement and textContent
// only. Elements that are right already stay, and with them focus, selection and decoded images.

/** @import { ElementNode, HitTarget, PageMessage, PlacedElement, TreeNode } from '../program/messages.d.ts' */

import { isAllowedAttribute, isAllowedTag } from './allowed_markup.js';

// In an ElementNode.
const FIRST_CHILD = 3;
// Bounds the search for an element that can stay, and for a target. Without it 10,000 spans would take quadratic time.
const MAX_LOOK_AHEAD = 64;

// Less than any engine can distinguish.
const SAME_PIXEL = 1 / 32;

// In device pixels: a block that is further from its place is moved there.
const MAX_DRIFT = 1 / 8;
const SECTIONS = 'main, article, section, header, footer, aside, nav, div';

// Marks an element that shows its DOM text instead of being painted: with the lines of the layout ("set"), or as a translator or an
// extension has changed it ("rewritten") or inserted it ("inserted").
export const DOM_TEXT = 'data-own-text';

export class PageLayer {
  #layer;
  /** @type {Map<number, Element>} */
  #blocks = new Map(); // by block id
  /** @type {Map<Node, TreeNode>} */
  #nodes = new Map(); // by element
  /** @type {Map<Node, TreeNode>} */
  #previousNodes = new Map(); // of the previous tree, during an update
  /** @type {Element[]} */
  #rewritten = []; // elements that the last update has left as they were
  #isSamePage = false;
  /** @type {HTMLElement[]} */
  #shifted = []; // blocks that were moved onto their places
  /** @type {Map<Element, number>} */
  #targets = new Map(); // links and buttons, with their index among the painter's targets
  #baseUrl = '';

  /** @param {HTMLElement} layer */
  constructor(layer) {
    this.#layer = layer;
  }

  get element() {
    return this.#layer;
  }

  // Makes the layer match `tree`, with as few changes as possible. `targets`, `images` and `fields` are in document order. On the same
  // page as before, rewritten blocks stay as they are unless the page itself has changed them.
  /** @type {(message: PageMessage & { isSamePage: boolean, baseUrl: string }) => void} */
  update({ tree, columns, targets, images, fields, scrolled, isSamePage, dpr, baseUrl }) {
    this.#blocks = new Map();
    this.#previousNodes = this.#nodes;
    this.#nodes = new Map();
    this.#rewritten = [];
    this.#isSamePage = isSamePage;
    this.#baseUrl = baseUrl;
    const focused = document.activeElement;
    this.#patchChildren(this.#layer, [tree]);
    if (focused !== null && !focused.isConnected) focusSuccessor(this.#layer, focused);
    this.#previousNodes.clear();
    for (const blockId of scrolled) this.#showScrolled(blockId);
    for (const [blockId, widths] of columns) this.#setColumns(blockId, widths, dpr);
    this.#setSizes(images, 'img', dpr);
    this.#setSizes(fields, 'input, textarea', dpr);
    this.#targets = matchTargets(this.#layer.querySelectorAll('a[href], button'), targets);
  }

  // The painter's index of the link or button that holds `node`, or -1.
  /** @type {(node: EventTarget | null) => number} */
  targetIndex(node) {
    const target = node instanceof Element ? node.closest('a[href], button') : null;
    return target === null ? -1 : (this.#targets.get(target) ?? -1);
  }

  get rewrittenElements() {
    return this.#rewritten;
  }

  // The ids of the block that `node` is and of all blocks in it, in the order of the page.
  /** @type {(node: Node) => number[]} */
  blockIds(node) {
    const source = this.#nodes.get(node);
    return source === undefined ? [] : idsIn(source);
  }

  // The nearest block that contains `element` or is `element`, or null. For a table it is the box that it scrolls in.
  /** @type {(element: Element) => { element: Element, id: number } | null} */
  closestBlock(element) {
    for (let it = /** @type {Element | null} */ (element); it !== null && it !== this.#layer; it = it.parentElement) {
      const node = this.#nodes.get(it);
      if (node === undefined || typeof node === 'string') continue;
      const id = node[2].class === 'table' ? idsIn(node)[0] : node[1];
      if (id >= 0) return { element: it, id };
    }
    return null;
  }

  // Layout's column begins on a whole device pixel, `left` in CSS pixels. A column that the browser centers may not.
  /** @type {(left: number) => void} */
  alignTo(left) {
    this.#layer.style.left = '';
    const column = this.#layer.firstElementChild?.firstElementChild;
    if (!column) return;
    const shift = left - column.getBoundingClientRect().left;
    if (Math.abs(shift) > SAME_PIXEL) this.#layer.style.left = `${shift}px`;
  }

  // Engines keep lengths in 64ths or 60ths of a CSS pixel, so at some ratios whole device pixels of layout add up to other places
  // further down the page. Blocks are moved back, and nothing else flows again. `bottomOf` gives layout's device pixels.
  /** @type {(bottomOf: (blockId: number) => number, dpr: number) => void} */
  alignBlocks(bottomOf, dpr) {
    for (const block of this.#shifted.splice(0)) block.style.top = '';
    const top = this.#layer.getBoundingClientRect().top;
    /** @type {(placed: { id: number, box: HTMLElement }) => number} */
    const shiftOf = ({ id, box }) => bottomOf(id) / dpr - (box.getBoundingClientRect().bottom - top);
    /** @type {(shift: number) => boolean} */
    const isOff = (shift) => Math.abs(shift) * dpr > MAX_DRIFT;
    const blocks = [...this.#blocks].map(([id, block]) => ({ id, box: outerBox(block) })).filter(({ box }) => isInFlow(box));
    const last = blocks.at(-1);
    if (last === undefined || !isOff(shiftOf(last))) return;
    const shifts = blocks.map(shiftOf);
    blocks.forEach(({ box }, i) => {
      if (!isOff(shifts[i])) return;
      box.style.position = 'relative';
      box.style.top = `${shifts[i]}px`;
      this.#shifted.push(box);
    });
  }

  // ---- Updating the elements -------------------------------------------------------------------------------------

  // Walks old and new children side by side. A new child takes the next old one of its kind, so that nodes never move (a moved
  // element loses focus). Old children that no new one takes are removed.
  /** @type {(parent: Element, children: TreeNode[]) => void} */
  #patchChildren(parent, children) {
    let next = parent.firstChild;
    for (const child of children) {
      const match = findMatch(next, child);
      if (match === null) {
        const created = this.#create(child);
        if (created !== null) parent.insertBefore(created, next);
        continue;
      }
      while (next !== null && next !== match) next = removeAndAdvance(next);
      let node = match;
      if (typeof child === 'string') node = changeText(/** @type {Text} */ (match), child);
      else this.#patchElement(/** @type {Element} */ (match), child);
      next = node.nextSibling;
    }
    while (next !== null) next = removeAndAdvance(next);
  }

  /** @type {(element: Element, node: ElementNode) => void} */
  #patchElement(element, node) {
    const attributes = node[2];
    const isRewritten = this.#isRewritten(element, node);
    for (const { name } of [...element.attributes]) {
      // A heading that has been given the focus would lose it with its tabindex.
      const isFocusable = name === 'tabindex' && element === document.activeElement;
      const stays = isFocusable || (isRewritten && name === DOM_TEXT);
      if (!Object.hasOwn(attributes, name) && !stays) element.removeAttribute(name);
    }
    this.#setAttributes(element, node);
    if (isRewritten) this.#rewritten.push(element);
    else this.#patchChildren(element, childrenOf(node));
  }

  // An element without a previous node belongs to the static page. A translator may have changed it before the program has started.
  /** @type {(element: Element, node: ElementNode) => boolean} */
  #isRewritten(element, node) {
    if (!this.#isSamePage || element.getAttribute(DOM_TEXT) !== 'rewritten') return false;
    const previous = this.#previousNodes.get(element);
    return previous === undefined || haveSameContent(previous, node);
  }

  /** @type {(node: TreeNode) => Node | null} */
  #create(node) {
    if (typeof node === 'string') return document.createTextNode(node);
    if (!isAllowedTag(node[0])) {
      console.warn(`page layer: <${node[0]}> refused`);
      return null;
    }
    const element = document.createElement(node[0]);
    this.#setAttributes(element, node);
    for (const child of childrenOf(node)) {
      const created = this.#create(child);
      if (created !== null) element.appendChild(created);
    }
    return element;
  }

  /** @type {(element: Element, node: ElementNode) => void} */
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

  /** @type {(blockId: number) => void} */
  #showScrolled(blockId) {
    const box = this.#blocks.get(blockId)?.closest('.table');
    if (box && !box.hasAttribute(DOM_TEXT)) box.setAttribute(DOM_TEXT, 'set');
  }

  // The columns' widths come from the layout. Without them the browser would choose its own.
  /** @type {(blockId: number, widths: number[], dpr: number) => void} */
  #setColumns(blockId, widths, dpr) {
    const block = this.#blocks.get(blockId);
    const table = block instanceof HTMLTableElement ? block : block?.querySelector('table');
    if (!table) return;
    const group = table.querySelector('colgroup') ?? document.createElement('colgroup');
    while (group.children.length > widths.length) group.lastElementChild?.remove();
    while (group.children.length < widths.length) group.appendChild(document.createElement('col'));
    widths.forEach((width, i) => {
      /** @type {HTMLElement} */ (group.children[i]).style.width = `${width / dpr}px`;
    });
    // Otherwise the browser would adapt the widths to the cells' content.
    table.style.tableLayout = 'fixed';
    table.style.width = `${widths.reduce((sum, width) => sum + width, 0) / dpr}px`;
    if (!group.isConnected) table.insertBefore(group, table.querySelector('thead, tbody, tr'));
  }

  // Layout gives images and fields whole device pixels.
  /** @type {(placed: PlacedElement[], selector: string, dpr: number) => void} */
  #setSizes(placed, selector, dpr) {
    /** @type {Map<number, HTMLElement[]>} */
    const unsized = new Map(); // by block id
    for (const { blockId, rect } of placed) {
      const elements = unsized.get(blockId) ?? this.#elementsOf(blockId, selector);
      unsized.set(blockId, elements);
      const element = elements.shift();
      if (element === undefined) continue;
      element.style.width = `${rect[2] / dpr}px`;
      element.style.height = `${rect[3] / dpr}px`;
    }
  }

  /** @type {(blockId: number, selector: string) => HTMLElement[]} */
  #elementsOf(blockId, selector) {
    return [...(this.#blocks.get(blockId)?.querySelectorAll(selector) ?? [])].map((element) => /** @type {HTMLElement} */ (element));
  }
}

// Returns the node that has the text now. It is a new one if the text does not begin with a space any more: browsers count it as a layout
// shift when a node begins on another line, even if none of its letters does.
/** @type {(node: Text, text: string) => Text} */
function changeText(node, text) {
  if (node.data === text) return node;
  if (/^\s/.test(node.data) && !/^\s/.test(text)) {
    const replacement = document.createTextNode(text);
    node.replaceWith(replacement);
    return replacement;
  }
  node.data = text;
  return node;
}

/** @type {(from: Node | null, child: TreeNode) => Node | null} */
function findMatch(from, child) {
  let node = from;
  for (let i = 0; node !== null && i < MAX_LOOK_AHEAD; ++i, node = node.nextSibling) {
    if (typeof child === 'string') {
      // Text is cheap: only the very next node is taken, so that no element is skipped for it.
      return node.nodeType === Node.TEXT_NODE ? node : null;
    }
    if (node instanceof Element && node.localName === child[0] && isSameThing(node, child[2])) return node;
  }
  return null;
}

// Two elements mean the same thing when these attributes are equal.
const IDENTITY = ['href', 'src', 'id', 'class', 'data-action'];

/** @type {(element: Element, attributes: Record<string, string | null>) => boolean} */
function isSameThing(element, attributes) {
  return IDENTITY.every((name) => element.getAttribute(name) === (attributes[name] ?? null));
}

// When the block of a focused element is replaced (a comment that was sent is now the thread's), the element that means the same there
// has the focus.
/** @type {(layer: Element, removed: Element) => void} */
function focusSuccessor(layer, removed) {
  const attributes = Object.fromEntries(IDENTITY.map((name) => [name, removed.getAttribute(name)]));
  const successor = [...layer.querySelectorAll(removed.localName)].find((element) => isSameThing(element, attributes));
  if (successor instanceof HTMLElement) successor.focus({ preventScroll: true });
}

/** @type {(node: ElementNode) => TreeNode[]} */
function childrenOf(node) {
  return /** @type {TreeNode[]} */ (node.slice(FIRST_CHILD));
}

/** @type {(node: TreeNode) => number[]} */
function idsIn(node) {
  if (typeof node === 'string') return [];
  const within = childrenOf(node).flatMap(idsIn);
  return node[1] >= 0 ? [node[1], ...within] : within;
}

// Lines do not matter, because a line break may replace white space of any kind.
/** @type {(a: TreeNode, b: TreeNode) => boolean} */
function haveSameContent(a, b) {
  return contentOf(a).replace(/\s+/g, ' ') === contentOf(b).replace(/\s+/g, ' ');
}

/** @type {(node: TreeNode) => string} */
function contentOf(node) {
  if (typeof node === 'string') return node;
  const [tag, , attributes] = node;
  const isBreak = attributes.class === 'lb' || attributes.class === 'lh';
  const content = childrenOf(node).map(contentOf).join('');
  return isBreak ? content : `<${tag} ${JSON.stringify(attributes)}>${content}`;
}

/** @type {(node: ChildNode) => ChildNode | null} */
function removeAndAdvance(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

// Both are in document order. The painter may have a link without an element (its address was refused), and the page layer may have a
// link without a target (it has no text).
/** @type {(elements: Iterable<Element>, targets: HitTarget[]) => Map<Element, number>} */
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

/** @type {(target: HitTarget, element: Element) => boolean} */
function isTargetOf({ kind, url, action }, element) {
  if (kind === 'button') return (element.getAttribute('data-action') ?? undefined) === action;
  // The element's address is percent-encoded, the painter's is as it was written.
  return element.tagName === 'A' && decoded(element.getAttribute('href') ?? '') === decoded(url ?? '');
}

/** @type {(url: string) => string} */
function decoded(url) {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

// A table is in the box that it may scroll in.
/** @type {(block: Element) => HTMLElement} */
function outerBox(block) {
  const { parentElement } = block;
  return parentElement?.matches('.table') ? parentElement : /** @type {HTMLElement} */ (block);
}

/** @type {(block: Element) => boolean} */
function isInFlow(block) {
  return block.parentElement?.matches(SECTIONS) === true && (block.matches('.table') || !block.matches(SECTIONS));
}
