// The lines that the browser has set the static page in, read from it before the adoption: layout keeps them for the first view.
//
// A line is told by the number of characters of its block that stand before it, white space not counted (HTML has more of it than
// the Document) and an image counted as one. src/core/layout/text/browser_line_breaks.h finds the same places in the Document.

import { inPieces } from '../program/time_slicing.js';

// The elements whose text is one block's, in the order of the blocks (carries_text() in browser_line_breaks.cpp).
export const TEXT_BLOCKS = 'p, h1, h2, h3, h4, h5, h6, pre, td, th, dt, figcaption, summary';
// How often the browser is asked where something is, about 3 µs each on a desktop, in pieces. Beyond it, far from the window, lines are
// left to the layout. An ordinary post takes a hundredth of it, a book of 50,000 words two thirds.
const MAX_LOOKS = 60_000;
// The browser walks over all lines of a text node to answer: a megabyte without a break would take minutes.
const MAX_NODE_LENGTH = 20_000;
const OBJECT = 0xfffc; // what stands for an image in the Document's text

// Resolves to {blocks: [[index, hash, start...]...], tables: [[index, width in CSS pixels...]...], images: [height in CSS pixels...]};
// blocks are read from the window on, for when there is too much.
export async function readBrowserLines(layer) {
  const elements = [...layer.querySelectorAll(TEXT_BLOCKS)];
  const reader = new BlockReader();
  const first = firstInWindow(elements);
  // Down from the window's first block, then up from it.
  const order = elements.map((_, i) => (i < elements.length - first ? first + i : elements.length - 1 - i));
  const blocks = [];
  await inPieces(() => {
    const i = order[blocks.length];
    if (i !== undefined && reader.mayLook) blocks.push([i, ...reader.read(elements[i])]);
    return i !== undefined && reader.mayLook;
  });
  blocks.sort((a, b) => a[0] - b[0]);
  const images = [...layer.querySelectorAll('img')].map((image) => image.getBoundingClientRect().height);
  return { blocks, tables: readTables(layer), images };
}

function readTables(layer) {
  return [...layer.querySelectorAll('table')].map((table, index) => {
    const cells = [...(table.rows[0]?.cells ?? [])];
    return [index, ...cells.map((cell) => cell.getBoundingClientRect().width)];
  });
}

// Blocks follow each other down the page, but for the cells of a row and the sidebar: near enough.
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
  // Of the block at hand.
  #hash;
  #count; // characters so far
  #starts;
  #line; // the current line: where its middle is, and how far from it the next line is surely past
  // Of preformatted text: whether nothing but white space stands before in the line of the source, and where that begins.
  #isSourceStart;
  #indentation; // [text node, offset] or null

  get mayLook() {
    return this.#looks > 0;
  }

  // Returns [hash, start...].
  read(element) {
    this.#hash = 0;
    this.#count = 0;
    this.#starts = [];
    this.#line = null;
    this.#beginSourceLine();
    const isPreformatted = element.localName === 'pre';
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.localName === 'img') this.#addImage(node, element);
      else if (node.nodeType === Node.TEXT_NODE) this.#addText(node, isPreformatted);
    }
    return [this.#hash >>> 0, ...this.#starts];
  }

  // In preformatted text each line of the source is looked at by itself, so that no line end of the source is searched for.
  #addText(node, isPreformatted) {
    const text = node.data;
    if (!isPreformatted) return this.#addStretch(node, 0, text.length);
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

  // The indentation may be in another text node than what it indents.
  #addStretch(node, begin, end, isPreformatted = false) {
    const text = node.data;
    let first = begin;
    while (first < end && isSpace(text.charCodeAt(first))) ++first;
    if (isPreformatted && this.#isSourceStart && first > begin) this.#indentation ??= [node, begin];
    if (first === end) return;
    const isIndented = this.#isSourceStart && this.#indentation !== null;
    this.#isSourceStart = false;
    const lines = text.length > MAX_NODE_LENGTH ? [] : this.#linesBetween(node, first, end);
    if (lines.length > 0 && this.#isBelow(lines[0])) {
      this.#starts.push(this.#count);
      if (isIndented && this.#leavesIndentation(...this.#indentation, lines[0])) this.#starts.push(this.#count);
    }
    let next = first;
    for (let i = 1; i < lines.length; ++i) {
      const start = this.#findStart(node, next, end, lines, i);
      this.#addCharacters(text, next, start);
      this.#starts.push(this.#count);
      next = start;
    }
    this.#addCharacters(text, next, end);
    if (lines.length > 0) this.#line = lines.at(-1);
  }

  #addCharacters(text, begin, end) {
    for (let i = begin; i < end; ++i) {
      const unit = text.charCodeAt(i);
      if (!isSpace(unit)) this.#addUnit(unit);
    }
  }

  #addUnit(unit) {
    this.#hash = (Math.imul(this.#hash, 31) + unit) | 0;
    ++this.#count;
  }

  // Images stand on the bottom of their line.
  #addImage(image, element) {
    const half = Number.parseFloat(getComputedStyle(element).lineHeight) / 2;
    const line = { middle: image.getBoundingClientRect().bottom - half, reach: half, width: 0 };
    if (this.#isBelow(line)) this.#starts.push(this.#count);
    this.#line = line;
    this.#addUnit(OBJECT);
  }

  #isBelow(line) {
    return this.#line !== null && line.middle > this.#line.middle + this.#line.reach;
  }

  // A word too long for what is left beside its indentation stands below it. One line further down there is nothing to look for.
  #leavesIndentation(node, begin, line) {
    if (line.middle <= this.#line.middle + 4 * line.reach) return false;
    const [blank] = this.#boxes(node, begin, begin + 1);
    return blank !== undefined && line.middle > blank.top + blank.height / 2 + line.reach;
  }

  // Where the lines of a stretch are, from the top. A line has several boxes where writing directions change.
  #linesBetween(node, begin, end) {
    const lines = [];
    for (const box of this.#boxes(node, begin, end)) {
      const line = { middle: box.top + box.height / 2, reach: box.height / 2, width: box.width };
      const last = lines.at(-1);
      if (last === undefined || line.middle > last.middle + last.reach) lines.push(line);
      else last.width += box.width;
    }
    return lines;
  }

  #boxes(node, begin, end) {
    --this.#looks;
    this.#range.setStart(node, begin);
    this.#range.setEnd(node, end);
    return this.#range.getClientRects();
  }

  // The first character of `lines[index]`; `begin` is that of the line before. Widths tell about where to look.
  #findStart(node, begin, end, lines, index) {
    const limit = lines[index - 1].middle + lines[index - 1].reach;
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

  // Of the first character from `offset` on that has a box; white space at the end of a line has none, or one on that line.
  #middleAt(node, offset, end) {
    for (let i = offset; i < end; ++i) {
      if (isSpace(node.data.charCodeAt(i))) continue;
      // A character behind a soft hyphen has two boxes, the first of them the hyphen on the line before.
      const boxes = this.#boxes(node, i, i + 1);
      const box = boxes[boxes.length - 1];
      if (box !== undefined) return box.top + box.height / 2;
    }
    return Infinity;
  }
}

function isSpace(unit) {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
