// What the browser knows about text: widths of words, heights of fonts, words of scripts that are written without spaces.

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
  metrics(font, ascentDescent) {
    this.#scratch.setStyle(font, '', 'ltr');
    const { fontBoundingBoxAscent, fontBoundingBoxDescent } = this.#scratch.context.measureText('x');
    ascentDescent[0] = fontBoundingBoxAscent;
    ascentDescent[1] = fontBoundingBoxDescent;
  }

  // Fills in the UTF-8 offsets at which words begin, without 0, and returns how many there are.
  dictionaryBreaks(text, language, offsets) {
    const segmenter = this.#segmenter(language);
    if (segmenter === null) return 0;
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

  #segmenter(language) {
    if (!('Segmenter' in Intl)) return null;
    if (!this.#segmenters.has(language)) this.#segmenters.set(language, makeSegmenter(language));
    return this.#segmenters.get(language);
  }
}

function makeSegmenter(language) {
  try {
    return new Intl.Segmenter(language || undefined, { granularity: 'word' });
  } catch {
    // Posts may name a language that is no valid tag.
    return new Intl.Segmenter(undefined, { granularity: 'word' });
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
