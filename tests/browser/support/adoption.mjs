// What moves when the reader adopts a static page: every word's place before and after, and the browser's own count of shifts.

// Words may move by half a CSS pixel; a shift of the layout is a shift.
export const LARGEST_MOVE = 0.5;

// Holds the program back in every page of the context until adopt() lets it go. Returns a function that does.
export async function holdProgram(page) {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(/\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

// Opens an address, compares the static page with what the reader makes of it, and returns
// {words, moved: [{text, dx, dy, inWindow}], shift, height: [before, after]}. `scrollTo` is where the reader is at that moment.
export async function adopt(page, url, { scrollTo = 0 } = {}) {
  const release = await holdProgram(page);
  await page.addInitScript(installProbe);
  await page.goto(url);
  await page.evaluate(async (y) => {
    await document.fonts.ready;
    window.scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    window.adoptionProbe.remember();
  }, scrollTo);
  release();
  await page.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0);
  return page.evaluate(async (largest) => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return window.adoptionProbe.compare(largest);
  }, LARGEST_MOVE);
}

// The findings as lines of text; none means that nothing moved.
export function problemsOf({ words, moved, shift, text }) {
  const problems = [];
  if (words === 0) problems.push('no words');
  if (text !== undefined) problems.push(`the text differs: ${text}`);
  if (shift > 0) problems.push(`layout shift ${shift}`);
  if (moved.length > 0) {
    const { text: word, dx, dy } = moved[0];
    problems.push(`${moved.length} of ${words} words move, first ${JSON.stringify(word)} by ${dx.toFixed(2)}, ${dy.toFixed(2)}`);
  }
  return problems;
}

// Runs in the page before all of its scripts.
function installProbe() {
  let shift = 0;
  const observer = new PerformanceObserver((list) => addShifts(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  function addShifts(entries) {
    for (const { value } of entries) shift += value;
  }

  // All characters of the layer but white space, and where each of them is: [text node, offset].
  function characters() {
    const walker = document.createTreeWalker(document.getElementById('octavo_layer'), NodeFilter.SHOW_TEXT);
    const places = [];
    const words = [];
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const match of node.data.matchAll(/[^ \t\n\r\f\v]+/g)) {
        words.push([text.length, text.length + match[0].length - 1]);
        text += match[0];
        for (let i = 0; i < match[0].length; ++i) places.push([node, match.index + i]);
      }
    }
    return { text, places, words };
  }

  const range = document.createRange();
  function boxAt([node, offset]) {
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const boxes = range.getClientRects();
    if (boxes.length === 0) return null;
    // A character behind a soft hyphen has the hyphen's box, too.
    const { left, top, width } = boxes[boxes.length - 1];
    return { left: left + window.scrollX, top: top + window.scrollY, width };
  }

  let before = null;
  window.adoptionProbe = {
    remember() {
      addShifts(observer.takeRecords());
      shift = 0;
      const { text, places, words } = characters();
      const boxes = words.map((word) => word.map((i) => boxAt(places[i])));
      before = { text, words, boxes, height: document.documentElement.scrollHeight, scrollY: window.scrollY };
    },
    compare(largest) {
      addShifts(observer.takeRecords());
      const { text, places } = characters();
      const moved = [];
      const scrolled = window.scrollY - before.scrollY;
      const height = [before.height, document.documentElement.scrollHeight];
      if (text !== before.text) return { words: before.words.length, moved, shift, height, text: text.slice(0, 80) };
      before.words.forEach(([first, last], i) => {
        [first, last].forEach((index, end) => {
          const was = before.boxes[i][end];
          const is = boxAt(places[index]);
          if (was === null || is === null || was.width === 0 || is.width === 0) return;
          const dx = is.left - was.left;
          const dy = is.top - scrolled - was.top;
          if (Math.abs(dx) <= largest && Math.abs(dy) <= largest) return;
          const inWindow = was.top + 40 > before.scrollY && was.top < before.scrollY + window.innerHeight;
          moved.push({ text: text.slice(first, last + 1), dx, dy, inWindow });
        });
      });
      return { words: before.words.length, moved, shift, height };
    },
  };
}
