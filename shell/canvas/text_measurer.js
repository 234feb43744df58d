// What the browser knows about text: widths of words, heights of fonts, words of scripts that are written without spaces.

const UNITS = ['word', 'grapheme'];
const NO_WORDS = { segment: () => [] };
const CODE_POINTS = { segment: (text) => Array.from(text, (segment) => ({ segment })) };

export class TextMeasurer {
  #scratch;
  #segmenters = new Map();

  constructor(scratch) {
    this.#scratch = scratch;
  }

  // Writes the advance width of each word (all one script direction, so the direction does not matter).
  measure(font, language, words, widths) {
    this.#scratch.setStyle(font, language, 'ltr');
    const context = this.#scratch.context;
    for (let i = 0; i < widths.length; i += 1) widths[i] = context.measureText(words[i]).width;
  }

  // Of the font's box, which does not depend on the text.
  metrics(font, language, ascentDescent) {
    this.#scratch.setStyle(font, language, 'ltr');
    const { fontBoundingBoxAscent, fontBoundingBoxDescent } = this.#scratch.context.measureText('x');
    ascentDescent[0] = fontBoundingBoxAscent;
    ascentDescent[1] = fontBoundingBoxDescent;
  }

  // Fills in the UTF-8 offsets at which words or graphemes begin, without 0, and returns how many there are.
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

  #segmenter(language, granularity) {
    const key = `${granularity} ${language}`;
    if (!this.#segmenters.has(key)) this.#segmenters.set(key, makeSegmenter(language, granularity));
    return this.#segmenters.get(key);
  }
}

function makeSegmenter(language, granularity) {
  // Engines from before Intl.Segmenter have no dictionaries to offer, and code points must do for graphemes.
  if (!('Segmenter' in Intl)) return granularity === 'word' ? NO_WORDS : CODE_POINTS;
  try {
    return new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    // Posts may name a language that is no valid tag.
    return new Intl.Segmenter(undefined, { granularity });
  }
}

function utf8Length(text) {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0);
    if (codePoint < 0x80) length += 1;
    else if (codePoint < 0x800) length += 2;
    else length += codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}
