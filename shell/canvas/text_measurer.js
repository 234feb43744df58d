// Asks the browser about text: widths of words, heights of fonts, words in scripts that are written without spaces.

/** @import { ScratchCanvas } from './scratch_canvas.js' */
/** @typedef {'word' | 'grapheme'} Unit */
/** @typedef {{ segment(text: string): Iterable<{ segment: string }> }} Segmenter */

/** @type {Unit[]} */
const UNITS = ['word', 'grapheme'];
/** @type {Segmenter} */
const NO_WORDS = { segment: () => [] };
/** @type {Segmenter} */
const CODE_POINTS = { segment: (text) => Array.from(text, (segment) => ({ segment })) };

export class TextMeasurer {
  #scratch;
  /** @type {Map<string, Segmenter>} */
  #segmenters = new Map();

  /** @param {ScratchCanvas} scratch */
  constructor(scratch) {
    this.#scratch = scratch;
  }

  // Writes the advance width of each word. A word has one direction, so the canvas's direction does not matter.
  /** @type {(font: string, language: string, words: string[], widths: Float32Array) => void} */
  measure(font, language, words, widths) {
    this.#scratch.setStyle(font, language, 'ltr');
    const context = this.#scratch.context;
    for (let i = 0; i < widths.length; i += 1) widths[i] = context.measureText(words[i]).width;
  }

  // Writes ascent and descent of the font's box, which do not depend on the text.
  /** @type {(font: string, language: string, ascentDescent: Float32Array) => void} */
  metrics(font, language, ascentDescent) {
    this.#scratch.setStyle(font, language, 'ltr');
    const { fontBoundingBoxAscent, fontBoundingBoxDescent } = this.#scratch.context.measureText('x');
    ascentDescent[0] = fontBoundingBoxAscent;
    ascentDescent[1] = fontBoundingBoxDescent;
  }

  // Writes the UTF-8 offsets at which words or graphemes begin, without 0, and returns how many there are.
  /** @type {(text: string, language: string, unit: number, offsets: Uint32Array) => number} */
  segment(text, language, unit, offsets) {
    const segmenter = this.#segmenter(language, UNITS[unit]);
    let count = 0;
    let offset = 0;
    for (const { segment } of segmenter.segment(text)) {
      if (offset > 0 && count < offsets.length) {
        offsets[count] = offset;
        count += 1;
      }
      offset += utf8Length(segment);
    }
    return count;
  }

  /** @type {(language: string, granularity: Unit) => Segmenter} */
  #segmenter(language, granularity) {
    const key = `${granularity} ${language}`;
    const segmenter = this.#segmenters.get(key) ?? makeSegmenter(language, granularity);
    this.#segmenters.set(key, segmenter);
    return segmenter;
  }
}

/** @type {(language: string, granularity: Unit) => Segmenter} */
function makeSegmenter(language, granularity) {
  // Engines without Intl.Segmenter have no dictionaries, and code points must do for graphemes.
  if (!('Segmenter' in Intl)) return granularity === 'word' ? NO_WORDS : CODE_POINTS;
  try {
    return new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    // A post may name a language whose tag is not valid.
    return new Intl.Segmenter(undefined, { granularity });
  }
}

/** @type {(text: string) => number} */
function utf8Length(text) {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < 0x80) length += 1;
    else if (codePoint < 0x800) length += 2;
    else length += codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}
