// Compares where each word is painted, from the calls to WebGL, with where its letters are in the page layer. The product has none of this:
// the calls to the 2D canvas and to WebGL are watched from outside, in any engine.

// Runs in the page before its scripts. A word is drawn with fillText, carried into a texture with texSubImage2D, and painted as a
// rectangle of that texture; pen and baseline follow from the three.
export function watchPainting() {
  const drawn = []; // since the last upload
  const inTexture = new Map(); // texture -> Map('x,y' of a word's box -> {text, penX, penY})
  window.paintedWords = [];

  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const ink = this.measureText(text);
    // As in Rasterizer.measureInk: a pixel of padding around the ink.
    drawn.push({ text, penX: x, penY: y, left: x + Math.floor(-ink.actualBoundingBoxLeft) - 1, top: y + Math.floor(-ink.actualBoundingBoxAscent) - 1 });
    fillText.call(this, text, x, y);
  };

  const gl = WebGL2RenderingContext.prototype;
  let texture = null;
  let vertices = null;
  let indices = null;
  const before = (name, step) => {
    const original = gl[name];
    gl[name] = function (...args) {
      step(...args);
      return original.apply(this, args);
    };
  };
  before('bindTexture', (target, bound) => {
    texture = bound;
  });
  before('texSubImage2D', (target, level, x, y) => {
    const words = inTexture.get(texture) ?? new Map();
    inTexture.set(texture, words);
    for (const word of drawn.splice(0)) {
      words.set(`${x + word.left},${y + word.top}`, { text: word.text, penX: x + word.penX, penY: y + word.penY });
    }
  });
  before('clear', () => {
    window.paintedWords = [];
  });
  before('bufferData', (target, data, usage, offset = 0, length = 0) => {
    if (!ArrayBuffer.isView(data)) return;
    const unit = data.BYTES_PER_ELEMENT;
    const begin = data.byteOffset + offset * unit;
    const bytes = data.buffer.slice(begin, length > 0 ? begin + length * unit : data.byteOffset + data.byteLength);
    if (target === 34962) {
      vertices = bytes;
      window.paintedWords = [];
    } else {
      indices = new Uint32Array(bytes);
    }
  });
  const { texStorage2D } = gl;
  const sizes = new Map();
  gl.texStorage2D = function (target, levels, format, width, height) {
    sizes.set(texture, width);
    return texStorage2D.call(this, target, levels, format, width, height);
  };
  before('drawElements', (mode, count, type, offset) => {
    const words = inTexture.get(texture);
    if (words === undefined) return;
    const size = sizes.get(texture);
    const data = new DataView(vertices);
    for (let i = offset / 4; i < offset / 4 + count; i += 6) {
      const at = indices[i] * 20; // ImDrawVert: x, y, u, v, color
      const [x, y, u, v] = [0, 4, 8, 12].map((field) => data.getFloat32(at + field, true));
      const [left, top] = [Math.round(u * size), Math.round(v * size)];
      const word = words.get(`${left},${top}`);
      // Later pieces of a word too long for one have no entry of their own.
      if (word !== undefined) window.paintedWords.push({ text: word.text, x: x + word.penX - left, y: y + word.penY - top });
    }
  });
}

// Compares what is painted now. Returns {words, unpainted: [letters of the page layer over the canvas that no word covers], strays: [painted
// words that are nowhere in the page layer], worst: {x, y}, misplaced: [those off by more than `limit` device pixels]}. The words are
// compared some at a time, as drivers of browsers bound the time of one evaluation.
export async function compareWords(page, limit) {
  await page.evaluate(installBaselines);
  await page.evaluate(installComparison);
  for (;;) {
    const count = await page.evaluate((most) => window.wordComparison.begin(most), limit);
    for (let i = 0; i < count; i += WORDS_AT_ONCE) {
      await page.evaluate(([begin, end]) => window.wordComparison.compare(begin, end), [i, i + WORDS_AT_ONCE]);
    }
    // Null when the page was painted again in the meantime.
    const result = await page.evaluate(() => window.wordComparison.result());
    if (result !== null) return result;
  }
}

const WORDS_AT_ONCE = 100;

// Runs in the page. The engine decides the distance from a letter's box to the baseline, so it is measured: a copy of the word is laid
// out beside something that is on the baseline.
function installBaselines() {
  const range = document.createRange();
  const boxOf = (node, begin, end) => {
    range.setStart(node, begin);
    range.setEnd(node, end);
    const rects = [...range.getClientRects()];
    if (rects.length === 0) return null;
    return { left: Math.min(...rects.map((rect) => rect.left)), top: rects[0].top, bottom: rects[0].bottom };
  };

  class Baselines {
    #probes = new Map();
    #stand = document.createElement('div');

    constructor() {
      this.#stand.style.cssText = 'position:absolute;top:0;left:0;visibility:hidden;white-space:pre';
      document.body.append(this.#stand);
    }

    probe(node, text) {
      const style = getComputedStyle(node.parentElement);
      const { lang } = node.parentElement.closest('[lang]');
      const key = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}|${lang}|${text}`;
      if (!this.#probes.has(key)) this.#probes.set(key, this.#make(style, lang, text));
      return this.#probes.get(key);
    }

    #make(style, lang, text) {
      const line = document.createElement('div');
      line.lang = lang;
      for (const name of ['fontStyle', 'fontWeight', 'fontSize', 'fontFamily']) line.style[name] = style[name];
      const foot = document.createElement('span');
      foot.style.cssText = 'display:inline-block;width:0;height:0';
      line.append(text, foot);
      this.#stand.append(line);
      return { line, foot, distance: null };
    }

    distance(probe) {
      probe.distance ??= probe.foot.getBoundingClientRect().bottom - boxOf(probe.line.firstChild, 0, probe.line.firstChild.length).top;
      return probe.distance;
    }

    remove() {
      this.#stand.remove();
    }
  }

  window.baselineTools = { range, boxOf, Baselines };
}

// Runs in the page, after installBaselines().
function installComparison() {
  // A word is looked for this near to where it is painted, CSS pixels.
  const FAR = 40;
  const { range, boxOf, Baselines } = window.baselineTools;
  const outerBox = (node) => {
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  class Comparison {
    #dpr = window.devicePixelRatio;
    #canvas = document.querySelector('#octavo_stage > canvas').getBoundingClientRect();
    #painted = window.paintedWords;
    #baselines = new Baselines();
    #nodes = [];
    #result;
    #limit;

    constructor(limit) {
      this.#limit = limit;
      this.#result = { words: this.#painted.length, unpainted: [], strays: [], worst: { x: 0, y: 0 }, misplaced: [] };
      const walker = document.createTreeWalker(document.getElementById('octavo_layer'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.parentElement.closest('[data-own-text]') !== null) continue; // not painted
        this.#nodes.push({ node, text: node.data, box: outerBox(node), covered: new Uint8Array(node.data.length) });
      }
    }

    get count() {
      return this.#painted.length;
    }

    // First all places, then all probes, then all distances: the page is laid out once.
    compare(begin, end) {
      const found = this.#painted.slice(begin, end).map((word) => this.#nearest(word));
      for (const { word, best } of found) if (best !== null) best.probe = this.#baselines.probe(best.entry.node, word.text);
      for (const each of found) this.#note(each);
    }

    #nearest(word) {
      const x = word.x / this.#dpr + this.#canvas.left;
      const y = word.y / this.#dpr + this.#canvas.top;
      let best = null;
      let least = FAR;
      for (const entry of this.#nodes) {
        const { left, right, top, bottom } = entry.box;
        if (y < top - FAR || y > bottom + FAR || x < left - FAR || x > right + FAR) continue;
        for (let at = entry.text.indexOf(word.text); at >= 0; at = entry.text.indexOf(word.text, at + 1)) {
          const box = boxOf(entry.node, at, at + word.text.length);
          if (box === null) continue;
          // A baseline is within the box of its letters.
          const off = Math.abs(box.left - x) + Math.max(0, box.top - y, y - box.bottom);
          if (off < least) [best, least] = [{ entry, at, box, probe: null }, off];
        }
      }
      return { word, x, y, best };
    }

    #note({ word, x, y, best }) {
      const { strays, worst, misplaced } = this.#result;
      if (best === null) {
        strays.push(word.text);
        return;
      }
      best.entry.covered.fill(1, best.at, best.at + word.text.length);
      const dx = (x - best.box.left) * this.#dpr;
      const dy = (y - best.box.top - this.#baselines.distance(best.probe)) * this.#dpr;
      worst.x = Math.max(worst.x, Math.abs(dx));
      worst.y = Math.max(worst.y, Math.abs(dy));
      if (Math.abs(dx) > this.#limit || Math.abs(dy) > this.#limit) misplaced.push(`${word.text}: ${dx.toFixed(3)}, ${dy.toFixed(3)}`);
    }

    result() {
      this.#baselines.remove();
      if (window.paintedWords !== this.#painted) return null;
      for (const entry of this.#nodes) this.#noteUnpainted(entry);
      return this.#result;
    }

    #noteUnpainted({ node, text, covered }) {
      for (let i = 0; i < text.length; ++i) {
        if (covered[i] || /\s/u.test(text[i])) continue;
        let end = i + 1;
        while (end < text.length && !covered[end] && !/\s/u.test(text[end])) ++end;
        const box = boxOf(node, i, end);
        // The canvas does not reach over the whole page.
        if (box !== null && box.top >= this.#canvas.top && box.bottom <= this.#canvas.bottom) this.#result.unpainted.push(text.slice(i, end));
        i = end;
      }
    }
  }

  let comparison = null;
  window.wordComparison = {
    begin(limit) {
      comparison = new Comparison(limit);
      return comparison.count;
    },
    compare: (begin, end) => comparison.compare(begin, end),
    result: () => comparison.result(),
  };
}
