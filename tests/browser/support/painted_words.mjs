// Where each word is painted, as WebGL is told, against where its letters lie in the page layer. Nothing of this is in the product:
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
    // As Rasterizer.measureInk has it: a pixel of padding around the ink.
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
      const at = indices[i] * 20; // ImDrawVert: x, y, u, v, colour
      const [x, y, u, v] = [0, 4, 8, 12].map((field) => data.getFloat32(at + field, true));
      const [left, top] = [Math.round(u * size), Math.round(v * size)];
      const word = words.get(`${left},${top}`);
      // Later pieces of a word too long for one have no entry of their own.
      if (word !== undefined) window.paintedWords.push({ text: word.text, x: x + word.penX - left, y: y + word.penY - top });
    }
  });
}

// Runs in the page. Returns {words, unpainted: [letters of the page layer over the canvas that no word covers], strays: [painted words
// that are nowhere in the page layer], worst: {x, y}, misplaced: [those off by more than `limit` device pixels]}.
export function compareWords({ limit }) {
  const dpr = window.devicePixelRatio;
  const canvas = document.querySelector('#octavo_stage > canvas').getBoundingClientRect();
  const nodes = [];
  const walker = document.createTreeWalker(document.getElementById('octavo_layer'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement.closest('[data-own-text]') !== null) continue; // not painted
    nodes.push({ node, text: node.data, covered: new Uint8Array(node.data.length) });
  }
  const range = document.createRange();
  const boxOf = (node, begin, end) => {
    range.setStart(node, begin);
    range.setEnd(node, end);
    const rects = [...range.getClientRects()];
    if (rects.length === 0) return null;
    return { left: Math.min(...rects.map((rect) => rect.left)), top: rects[0].top, bottom: rects[0].bottom };
  };

  // The distance from a letter's box to the baseline is the engine's business and asked of it: a copy of the word stands beside
  // something that sits on the baseline.
  const stand = document.createElement('div');
  stand.style.cssText = 'position:absolute;top:0;left:0;visibility:hidden;white-space:pre';
  document.body.append(stand);
  const probes = new Map();
  const probeOf = (node, text) => {
    const style = getComputedStyle(node.parentElement);
    const { lang } = node.parentElement.closest('[lang]');
    const key = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}|${lang}|${text}`;
    if (!probes.has(key)) {
      const line = document.createElement('div');
      line.lang = lang;
      for (const name of ['fontStyle', 'fontWeight', 'fontSize', 'fontFamily']) line.style[name] = style[name];
      const foot = document.createElement('span');
      foot.style.cssText = 'display:inline-block;width:0;height:0';
      line.append(text, foot);
      stand.append(line);
      probes.set(key, { line, foot, distance: null });
    }
    return probes.get(key);
  };
  const distance = (probe) => {
    probe.distance ??= probe.foot.getBoundingClientRect().bottom - boxOf(probe.line.firstChild, 0, probe.line.firstChild.length).top;
    return probe.distance;
  };

  const places = new Map(); // text -> its places in the page layer
  const placesOf = (text) => {
    if (places.has(text)) return places.get(text);
    const found = [];
    for (const entry of nodes) {
      for (let begin = entry.text.indexOf(text); begin >= 0; begin = entry.text.indexOf(text, begin + 1)) {
        const box = boxOf(entry.node, begin, begin + text.length);
        if (box !== null) found.push({ entry, begin, box, probe: null });
      }
    }
    places.set(text, found);
    return found;
  };

  const nearest = window.paintedWords.map((word) => {
    const x = word.x / dpr + canvas.left;
    const y = word.y / dpr + canvas.top;
    let best = null;
    let least = 40;
    for (const place of placesOf(word.text)) {
      // A baseline lies within its letters' box.
      const off = Math.abs(place.box.left - x) + Math.max(0, place.box.top - y, y - place.box.bottom);
      if (off < least) [best, least] = [place, off];
    }
    if (best !== null) best.probe ??= probeOf(best.entry.node, word.text);
    return { word, x, y, best };
  });

  const result = { words: nearest.length, unpainted: [], strays: [], worst: { x: 0, y: 0 }, misplaced: [] };
  for (const { word, x, y, best } of nearest) {
    if (best === null) {
      result.strays.push(word.text);
      continue;
    }
    best.entry.covered.fill(1, best.begin, best.begin + word.text.length);
    const dx = (x - best.box.left) * dpr;
    const dy = (y - best.box.top - distance(best.probe)) * dpr;
    result.worst.x = Math.max(result.worst.x, Math.abs(dx));
    result.worst.y = Math.max(result.worst.y, Math.abs(dy));
    if (Math.abs(dx) > limit || Math.abs(dy) > limit) result.misplaced.push(`${word.text}: ${dx.toFixed(3)}, ${dy.toFixed(3)}`);
  }
  stand.remove();

  for (const { node, text, covered } of nodes) {
    for (let i = 0; i < text.length; ++i) {
      if (covered[i] || /\s/u.test(text[i])) continue;
      let end = i + 1;
      while (end < text.length && !covered[end] && !/\s/u.test(text[end])) ++end;
      const box = boxOf(node, i, end);
      // The canvas does not reach over the whole page.
      if (box !== null && box.top >= canvas.top && box.bottom <= canvas.bottom) result.unpainted.push(text.slice(i, end));
      i = end;
    }
  }
  return result;
}
