// Reads where the browser has broken the lines of the static page, before the adoption: layout keeps these breaks in the first view.
//
// A line is given by the number of characters of its block before it. White space does not count, because HTML has more of it than
// the Document, and an image counts as one. src/core/layout/text/browser_line_breaks.h finds the same places in the Document.

/** @import { BrowserLines } from '../program/messages.d.ts' */
/** @typedef {{ middle: number, reach: number, width: number }} Line */

import { runInSlices } from '../program/time_slicing.js';

// The elements whose text is one block's, in the order of the blocks (carries_text() in browser_line_breaks.cpp).
export const TEXT_BLOCKS = 'p, h1, h2, h3, h4, h5, h6, pre, td, th, dt, figcaption, summary';
// How often the browser is asked where something is, at about 3 µs each on a desktop. Beyond this number, far from the window,
// layout breaks the lines. An ordinary post needs a hundredth of it, a book of 50,000 words two thirds.
const MAX_LOOKS = 60_000;
// The browser visits all lines of a text node to answer. A megabyte without a break would take minutes.
const MAX_NODE_LENGTH = 20_000;
const OBJECT = 0xfffc; // an image in the Document's text

// Blocks are read from the window on, in case there are too many.
/** @type {(layer: Element) => Promise<BrowserLines>} */
export async function readBrowserLines(layer) {
  const elements = [...layer.querySelectorAll(TEXT_BLOCKS)];
  const reader = new BlockReader();
  const first = firstInWindow(elements);
  // Down from the window's first block, then up from it.
  const order = elements.map((_, i) => (i < elements.length - first ? first + i : elements.length - 1 - i));
  /** @type {number[][]} */
  const blocks = [];
  await runInSlices(() => {
    const i = order[blocks.length];
    if (i !== undefined && reader.mayLook) blocks.push([i, ...reader.read(elements[i])]);
    return i !== undefined && reader.mayLook;
  });
  blocks.sort((a, b) => a[0] - b[0]);
  const images = [...layer.querySelectorAll('img')].map((image) => image.getBoundingClientRect().height);
  return { blocks, tables: readTables(layer), images };
}

/** @type {(layer: Element) => number[][]} */
function readTables(layer) {
  return [...layer.querySelectorAll('table')].map((table, index) => {
    const cells = [...(table.rows[0]?.cells ?? [])];
    return [index, ...cells.map((cell) => cell.getBoundingClientRect().width)];
  });
}

// Blocks follow each other down the page, except cells of a row and the sidebar, which is close enough.
/** @type {(elements: Element[]) => number} */
function firstInWindow(elements) {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().bottom < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

class BlockReader {
  #range = document.createRange();
  #looks = MAX_LOOKS;
  // State of the current block.
  #hash = 0;
  #count = 0; // characters so far
  /** @type {number[]} */
  #starts = [];
  // The current line: where its middle is, and how far from it the next line begins at most.
  /** @type {Line | null} */
  #line = null;
  // In preformatted text: whether only white space comes before in the source line, and where that begins.
  #isSourceStart = true;
  /** @type {[node: Text, offset: number] | null} */
  #indentation = null;

  get mayLook() {
    return this.#looks > 0;
  }

  // Returns [hash, start...].
  /** @type {(element: Element) => number[]} */
  read(element) {
    this.#hash = 0;
    this.#count = 0;
    this.#starts = [];
    this.#line = null;
    this.#beginSourceLine();
    const isPreformatted = element.localName === 'pre';
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof HTMLImageElement) this.#addImage(node, element);
      else if (node instanceof Text) this.#addText(node, isPreformatted);
    }
    return [this.#hash >>> 0, ...this.#starts];
  }

  // Each line of preformatted text is read by itself, so that its end is known and not searched for.
  /** @type {(node: Text, isPreformatted: boolean) => void} */
  #addText(node, isPreformatted) {
    const text = node.data;
    if (!isPreformatted) {
      this.#addStretch(node, 0, text.length);
      return;
    }
    for (let begin = 0; begin < text.length; ) {
      const end = text.indexOf('\n', begin);
      this.#addStretch(node, begin, end < 0 ? text.length : end, true);
      if (end >= 0) this.#beginSourceLine();
      begin = end < 0 ? text.length : end + 1;
    }
  }

  #beginSourceLine() {
    this.#isSourceStart = true;
    this.#indentation = null;
  }

  // The indentation may be in another text node than the indented text.
  /** @type {(node: Text, begin: number, end: number, isPreformatted?: boolean) => void} */
  #addStretch(node, begin, end, isPreformatted = false) {
    const text = node.data;
    let first = begin;
    while (first < end && isSpace(text.charCodeAt(first))) ++first;
    if (isPreformatted && this.#isSourceStart && first > begin) this.#indentation ??= [node, begin];
    if (first === end) return;
    const indentation = this.#isSourceStart ? this.#indentation : null;
    this.#isSourceStart = false;
    const lines = text.length > MAX_NODE_LENGTH ? [] : this.#linesBetween(node, first, end);
    if (lines.length > 0 && this.#isBelow(lines[0])) {
      this.#starts.push(this.#count);
      if (indentation !== null && this.#leavesIndentation(...indentation, lines[0])) this.#starts.push(this.#count);
    }
    let next = first;
    for (let i = 1; i < lines.length; ++i) {
      const start = this.#findStart(node, next, end, lines, i);
      this.#addCharacters(text, next, start);
      this.#starts.push(this.#count);
      next = start;
    }
    this.#addCharacters(text, next, end);
    this.#line = lines.at(-1) ?? this.#line;
  }

  /** @type {(text: string, begin: number, end: number) => void} */
  #addCharacters(text, begin, end) {
    for (let i = begin; i < end; ++i) {
      const unit = text.charCodeAt(i);
      if (!isSpace(unit)) this.#addUnit(unit);
    }
  }

  /** @type {(unit: number) => void} */
  #addUnit(unit) {
    this.#hash = (Math.imul(this.#hash, 31) + unit) | 0;
    ++this.#count;
  }

  // An image is on the bottom of its line.
  /** @type {(image: HTMLImageElement, element: Element) => void} */
  #addImage(image, element) {
    const half = Number.parseFloat(getComputedStyle(element).lineHeight) / 2;
    const line = { middle: image.getBoundingClientRect().bottom - half, reach: half, width: 0 };
    if (this.#isBelow(line)) this.#starts.push(this.#count);
    this.#line = line;
    this.#addUnit(OBJECT);
  }

  /** @type {(line: Line) => boolean} */
  #isBelow(line) {
    return this.#line !== null && line.middle > this.#line.middle + this.#line.reach;
  }

  // A word that is too long for the space beside its indentation goes below it. If the word is on the very next line, there is nothing
  // to look for.
  /** @type {(node: Text, begin: number, line: Line) => boolean} */
  #leavesIndentation(node, begin, line) {
    if (this.#line === null || line.middle <= this.#line.middle + 4 * line.reach) return false;
    const [blank] = this.#boxes(node, begin, begin + 1);
    return blank !== undefined && line.middle > blank.top + blank.height / 2 + line.reach;
  }

  // The lines of a stretch of text, from the top. A line has several boxes where writing directions change.
  /** @type {(node: Text, begin: number, end: number) => Line[]} */
  #linesBetween(node, begin, end) {
    /** @type {Line[]} */
    const lines = [];
    for (const box of this.#boxes(node, begin, end)) {
      const line = { middle: box.top + box.height / 2, reach: box.height / 2, width: box.width };
      const last = lines.at(-1);
      if (last === undefined || line.middle > last.middle + last.reach) lines.push(line);
      else last.width += box.width;
    }
    return lines;
  }

  // WebKit gives what begins after a line end one more box, without width, at the end of the line before.
  /** @type {(node: Text, begin: number, end: number) => DOMRect[]} */
  #boxes(node, begin, end) {
    --this.#looks;
    this.#range.setStart(node, begin);
    this.#range.setEnd(node, end);
    const boxes = [...this.#range.getClientRects()];
    const first = boxes.findIndex(({ width }) => width > 0);
    return first > 0 && boxes[first].top > boxes[0].top ? boxes.slice(first) : boxes;
  }

  // The first character of `lines[index]`; `begin` is the first one of the line before. Widths tell roughly where to look.
  /** @type {(node: Text, begin: number, end: number, lines: Line[], index: number) => number} */
  #findStart(node, begin, end, lines, index) {
    const limit = lines[index - 1].middle + lines[index - 1].reach;
    /** @type {(offset: number) => boolean} */
    const isPast = (offset) => this.#middleAt(node, offset, end) > limit;
    const left = lines.slice(index - 1).reduce((sum, { width }) => sum + width, 0);
    const guess = begin + Math.round(((end - begin) * lines[index - 1].width) / Math.max(left, 1));
    let low = begin; // on the line before
    let high = end; // past it
    let probe = Math.min(Math.max(guess, begin + 1), end - 1);
    for (let step = 4; probe > low && probe < high; step *= 2) {
      if (isPast(probe)) {
        high = probe;
        probe -= step;
      } else {
        low = probe;
        probe += step;
      }
      if (low > begin && high < end) break;
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (isPast(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  // The box of the first character from `offset` on that has one. White space at the end of a line has none, or one on that line.
  /** @type {(node: Text, offset: number, end: number) => number} */
  #middleAt(node, offset, end) {
    for (let i = offset; i < end; ++i) {
      if (isSpace(node.data.charCodeAt(i))) continue;
      // A character after a soft hyphen has two boxes, and the first one is the hyphen on the line before.
      const boxes = this.#boxes(node, i, i + 1);
      const box = boxes[boxes.length - 1];
      if (box !== undefined) return box.top + box.height / 2;
    }
    return Infinity;
  }
}

/** @type {(unit: number) => boolean} */
function isSpace(unit) {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
