// The reader as its readers know it: open a page, follow a link, look at the text. The only place with selectors.
import assert from 'node:assert/strict';
import { compareWords } from './support/painted_words.mjs';

// Device pixels; engines keep lengths in 64ths, and a few of them add up.
const LARGEST_SHIFT = 0.5 + 1 / 16;
// What the page layer has no text for: markers of lists, the hyphen of a broken word.
const WITHOUT_TEXT = /^([•☐☑‐-]|\d+\.)$/;

export function checkRegister({ misplaced, strays, unpainted }, name) {
  assert.deepEqual(misplaced, [], `${name}: painted elsewhere (device pixels right, down)`);
  assert.deepEqual(strays.filter((text) => !WITHOUT_TEXT.test(text)), [], `${name}: painted, but nowhere in the page layer`);
  assert.deepEqual(unpainted, [], `${name}: in the page layer, but not painted`);
}

// Runs in the page: scrolls on to what the canvas does not show yet. True at the end of the page.
export function scrollByCanvas() {
  const before = window.scrollY;
  const { bottom } = document.querySelector('#octavo_stage > canvas').getBoundingClientRect();
  const isEnd = bottom >= document.getElementById('octavo_layer').getBoundingClientRect().bottom - 1;
  window.scrollBy(0, bottom - 80);
  return isEnd || window.scrollY === before;
}

export class ReaderPage {
  constructor(page, siteUrl) {
    this.page = page;
    this.siteUrl = siteUrl;
  }

  // ---- Opening and moving ------------------------------------------------------------------------------------------

  address(path) {
    return new URL(path === '' ? './' : path, this.siteUrl).href;
  }

  // Opens a page and waits until the reader has adopted.
  async open(path) {
    const response = await this.openStatic(path);
    await this.waitUntilLive();
    return response;
  }

  openStatic(path) {
    return this.page.goto(this.address(path));
  }

  waitUntilLive() {
    return this.page.waitForFunction(() => document.documentElement.classList.contains('octavo-live'));
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true }).first();
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }

  async follow(name) {
    await this.link(name).click();
  }

  // A button of a labeled group, such as Theme.
  choice(group, name) {
    return this.page.getByRole('group', { name: group }).getByRole('button', { name, exact: true });
  }

  async choose(group, name) {
    await this.choice(group, name).click();
  }

  expectChosen(group, name) {
    return this.page.getByRole('group', { name: group }).getByRole('button', { name, exact: true, pressed: true }).waitFor();
  }

  async expectAnnounced(text) {
    await this.page.waitForFunction((wanted) => document.querySelector('[aria-live]').textContent === wanted, text);
  }

  // What the browser keeps for this site.
  keptValues() {
    return this.page.evaluate(() => ({ ...localStorage }));
  }

  // CSS pixels, of a paragraph of the article.
  fontSize() {
    return this.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('#octavo_layer main p:not([class])')).fontSize));
  }

  // CSS pixels, as the browser shows it.
  smallestFontSize() {
    return this.layer.evaluate((layer) => Math.min(...[...layer.querySelectorAll('*')].map((element) => parseFloat(getComputedStyle(element).fontSize))));
  }

  // Presses Tab until the link has the focus.
  async tabTo(name) {
    for (let presses = 0; presses < 100; ++presses) {
      await this.page.keyboard.press('Tab');
      if ((await this.focusedName()).trim() === name) return;
    }
    assert.fail(`Tab never reaches ${name}`);
  }

  // Marks the document; the mark is lost when another document is loaded.
  markDocument() {
    return this.page.evaluate(() => {
      window.sameDocument = true;
    });
  }

  isSameDocument() {
    return this.page.evaluate(() => window.sameDocument === true);
  }

  async expectPath(path) {
    await this.page.waitForURL(this.address(path));
  }

  // ---- What is shown -----------------------------------------------------------------------------------------------

  async expectHeading(name) {
    await this.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }

  async expectText(text) {
    await this.layer.getByText(text).first().waitFor();
  }

  get layer() {
    return this.page.locator('#octavo_layer');
  }

  get canvas() {
    return this.page.locator('#octavo_stage > canvas');
  }

  get announcement() {
    return this.page.locator('#octavo_announcer');
  }

  get notice() {
    return this.page.getByRole('status');
  }

  text() {
    return this.layer.innerText();
  }

  // True when the DOM text can be seen, false when it is transparent over the canvas.
  isTextVisible() {
    return this.page.evaluate(() => {
      const element = document.querySelector('#octavo_layer :is(p, h1)');
      return getComputedStyle(element).webkitTextFillColor !== 'rgba(0, 0, 0, 0)';
    });
  }

  async expectTextVisible(visible) {
    const wanted = { visible };
    await this.page.waitForFunction(({ visible: value }) => {
      const element = document.querySelector('#octavo_layer :is(p, h1)');
      return (getComputedStyle(element).webkitTextFillColor !== 'rgba(0, 0, 0, 0)') === value;
    }, wanted);
  }

  // Whether the element with this text shows its DOM text, instead of being transparent over the canvas.
  async isBlockTextVisible(text) {
    const color = await this.layer.evaluate((layer, wanted) => {
      const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.data.includes(wanted)) return getComputedStyle(node.parentElement).webkitTextFillColor;
      }
      return null;
    }, text);
    assert.notEqual(color, null, `${text} is not in the page`);
    return color !== 'rgba(0, 0, 0, 0)';
  }

  // Counts the frames between the next failure (a lost context, or a change of the window's size that makes a damaged program trap)
  // and the moment when the elements show their text; domTextShown() tells how many there were.
  watchDomText() {
    return this.page.evaluate(() => {
      const root = document.documentElement;
      let frames = 0;
      window.domTextShown = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (!root.classList.contains('octavo-dom-text')) return;
          observer.disconnect();
          resolve({ frames });
        });
        observer.observe(root, { attributes: true });
      });
      const count = () => {
        ++frames;
        requestAnimationFrame(count);
      };
      // The effect of the event is due in the next frame; the one after that is late.
      const begin = () => requestAnimationFrame(() => requestAnimationFrame(count));
      for (const type of ['webglcontextlost', 'resize']) window.addEventListener(type, begin, { capture: true, once: true });
    });
  }

  domTextShown() {
    return this.page.evaluate(() => window.domTextShown);
  }

  // Selects everything as the keyboard does, and returns the text.
  async selectAll() {
    await this.page.keyboard.press('Control+a');
    return this.page.evaluate(() => getSelection().toString());
  }

  // As a translator does it: the first text node of the page that is `from` becomes `to`.
  async rewrite(from, to) {
    const isFound = await this.layer.evaluate((layer, texts) => {
      const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.data.trim() !== texts.from) continue;
        node.data = texts.to;
        return true;
      }
      return false;
    }, { from, to });
    assert.ok(isFound, `${from} is not in the page`);
    await this.settle();
  }

  // As a translator does it with a whole page: every word doubled, each text node wrapped in elements of its own.
  async translate() {
    await this.layer.evaluate((layer) => {
      const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode() !== null) nodes.push(walker.currentNode);
      for (const node of nodes.filter(({ data }) => data.trim() !== '')) {
        const wrapper = document.createElement('font');
        node.replaceWith(wrapper);
        wrapper.textContent = node.data.replace(/\p{L}+/gu, (word) => `${word} ${word}`);
      }
    });
    await this.settle();
  }

  // The text nodes of the article's first paragraph: one a line.
  firstLines() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelector('.prose > p').childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map(({ data }) => data),
    );
  }

  // Resolves when the patterns of the page's language have come; the next layout has hyphens.
  async expectPatterns() {
    await this.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/hyphenation/') && responseEnd > 0),
    );
    await this.settle();
  }

  // The words that are broken with a hyphen, whole.
  hyphenatedWords() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('.lh')].map((hyphen) => {
        const before = hyphen.previousSibling.data.match(/\p{L}+$/u)[0];
        const after = hyphen.nextElementSibling.nextSibling.data.match(/^\p{L}+/u)[0];
        return before + after;
      }),
    );
  }

  // Everything that the browser tells a screen reader about the page, as [role, name].
  async accessibleNames() {
    const session = await this.page.context().newCDPSession(this.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes.filter(({ ignored }) => !ignored).map(({ role, name }) => [role?.value ?? '', name?.value ?? '']);
  }

  // The number and text of the first of the page's blocks that is not above the window.
  firstBlockInView() {
    return this.layer.evaluate((layer) => {
      const blocks = [...layer.querySelectorAll('h1, h2, h3, p, pre, li, table')];
      return blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0);
    });
  }

  // Text blocks of the article whose content is wider than they are, outside what scrolls.
  overflowingBlocks() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('.prose :is(p, h2, h3, h4, pre, li)')]
        .filter((block) => block.scrollWidth > block.clientWidth + 1 && block.clientWidth > 0 && block.closest('.table') === null)
        .map((block) => block.textContent.slice(0, 40)),
    );
  }

  // What each block of the page says, without white space.
  blockTexts() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('h1, h2, h3, h4, p, pre, td, th')].map((block) => block.textContent.replace(/\s+/g, '')),
    );
  }

  // Where all text blocks are on the page, in CSS pixels.
  blockBoxes() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('h1, h2, h3, h4, p, pre, ul, ol, .table, figure, hr')].map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const round = (length) => Math.round(length * 10) / 10;
        return [element.localName, round(left), round(top + window.scrollY), round(width), round(height)].join(' ');
      }),
    );
  }

  // All tables in order: whether they show themselves, and whether they are wider than their column.
  tables() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('.table')].map((box) => ({
        isShown: getComputedStyle(box.querySelector('td')).webkitTextFillColor !== 'rgba(0, 0, 0, 0)',
        scrolls: box.scrollWidth > box.clientWidth,
        scrollBar: box.offsetHeight - box.clientHeight,
      })),
    );
  }

  focusTable(index) {
    return this.page.getByRole('group', { name: 'Table' }).nth(index).focus();
  }

  // Resolves when the table is scrolled to its end.
  expectTableEnd(index) {
    return this.page.waitForFunction((i) => {
      const box = document.querySelectorAll('.table')[i];
      return box.scrollLeft > 0 && box.scrollLeft + box.clientWidth >= box.scrollWidth - 1;
    }, index);
  }

  isCanvasVisible() {
    return this.canvas.isVisible();
  }

  focusedName() {
    return this.page.evaluate(() => document.activeElement?.textContent ?? '');
  }

  // All links and buttons in the order of the page.
  controls() {
    return this.layer.evaluate((layer) =>
      [...layer.querySelectorAll('a[href], button')].map((element) => ({
        role: element.localName === 'a' ? 'link' : 'button',
        name: (element.getAttribute('aria-label') ?? (element.textContent || element.querySelector('img')?.alt || '')).trim(),
        action: element.dataset.action,
      })),
    );
  }

  // The elements at which Tab must stop.
  focusableNames() {
    return this.layer.evaluate((layer) => [...layer.querySelectorAll('a[href], button, summary, [tabindex="0"]')].map((element) => element.textContent.slice(0, 40)));
  }

  focusStop() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      const { top, bottom } = element.getBoundingClientRect();
      return {
        name: element.textContent.slice(0, 40),
        isOutlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor),
        isInWindow: bottom > 0 && top < innerHeight,
      };
    });
  }

  // Gives the focus as the keyboard does, and returns the surroundings of the focused element in the window.
  async focusFromBefore(role, index) {
    const element = this.page.getByRole(role).nth(index);
    await element.focus();
    await this.page.keyboard.press('Tab');
    await this.page.keyboard.press('Shift+Tab');
    const { x, y, width, height } = await element.boundingBox();
    return { x: Math.max(0, x - 6), y: Math.max(0, y - 6), width: width + 12, height: height + 12 };
  }

  blur() {
    return this.page.evaluate(() => document.activeElement.blur());
  }

  root(attribute) {
    return this.page.evaluate((name) => document.documentElement.getAttribute(name), attribute);
  }

  // ---- Scrolling and geometry --------------------------------------------------------------------------------------

  scrollY() {
    return this.page.evaluate(() => window.scrollY);
  }

  async scrollTo(y) {
    await this.page.evaluate((top) => window.scrollTo(0, top), y);
    await this.page.waitForFunction((top) => window.scrollY === top, y);
    await this.settle();
  }

  expectScrollY(y) {
    return this.page.waitForFunction((top) => Math.abs(window.scrollY - top) <= 1, y);
  }

  // Resolves after the browser has shown two more frames, so that everything that was due is done.
  settle() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  // Canvas in device pixels, as the browser composites it, beside its backing store; and the width of the stage it is to fill.
  canvasGeometry() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('#octavo_stage > canvas');
      const ratio = window.devicePixelRatio;
      const box = canvas.getBoundingClientRect();
      return new Promise((resolve) => {
        const observer = new ResizeObserver(([entry]) => {
          observer.disconnect();
          const { inlineSize, blockSize } = entry.devicePixelContentBoxSize[0];
          resolve({
            ratio,
            backing: { width: canvas.width, height: canvas.height },
            shown: { width: inlineSize, height: blockSize },
            topInPage: (box.top + window.scrollY) * ratio,
            leftInPage: box.left * ratio,
            stageWidth: document.getElementById('octavo_stage').getBoundingClientRect().width * ratio,
            coversWindow: box.top <= 0.01 && box.bottom >= window.innerHeight - 0.01,
          });
        });
        observer.observe(canvas, { box: 'device-pixel-content-box' });
      });
    });
  }

  async expectCovered() {
    await this.settle();
    assert.ok((await this.canvasGeometry()).coversWindow, 'the canvas does not cover the window');
  }

  // Every word of the whole page, a canvas at a time. Needs watchPainting() in the page.
  async expectInRegister(name) {
    let words = 0;
    for (let isEnd = false; !isEnd; ) {
      await this.settle();
      const result = await compareWords(this.page, LARGEST_SHIFT);
      checkRegister(result, name);
      words += result.words;
      isEnd = await this.page.evaluate(scrollByCanvas);
    }
    assert.ok(words > 100, `${name}: only ${words} words were painted`);
  }

  pageHeight() {
    return this.page.evaluate(() => document.documentElement.scrollHeight);
  }

  // Scrolls to the first occurrence of `text` in the article and returns its box in the window.
  async boxOfText(text) {
    const box = await this.page.evaluate((wanted) => {
      const walker = document.createTreeWalker(document.querySelector('#octavo_layer main'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const begin = node.data.indexOf(wanted);
        if (begin < 0) continue;
        const range = document.createRange();
        range.setStart(node, begin);
        range.setEnd(node, begin + wanted.length);
        window.scrollTo(0, window.scrollY + range.getBoundingClientRect().top - 200);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return null;
    }, text);
    assert.notEqual(box, null, `${text} is not in the article`);
    await this.settle();
    return box;
  }

  // First line boxes of all links and buttons and the height of the layer, in device pixels of the page.
  targetBoxes(ratio) {
    return this.page.evaluate((scale) => {
      const layer = document.getElementById('octavo_layer');
      const targets = [...layer.querySelectorAll('a[href], button')].map((element) => {
        const box = element.getClientRects()[0];
        return { name: element.textContent, left: box.left * scale, top: (box.top + window.scrollY) * scale };
      });
      const images = [...layer.querySelectorAll('img')].map((image) => {
        const box = image.getBoundingClientRect();
        return { name: image.alt, box: [box.left, box.top + window.scrollY, box.width, box.height].map((length) => length * scale) };
      });
      return { targets, images, height: layer.getBoundingClientRect().height * scale };
    }, ratio);
  }

  // Left-to-right lines of the article that are wholly in the window, and the first word of each, in whole device pixels of the window.
  lineBoxes(ratio) {
    return this.layer.evaluate((layer, scale) => {
      const outer = ({ left, top, right, bottom }) => {
        const [x, y] = [Math.floor(left * scale), Math.floor(top * scale)];
        return { x, y, width: Math.ceil(right * scale) - x, height: Math.ceil(bottom * scale) - y };
      };
      const [lines, words] = [new Map(), []];
      for (const paragraph of layer.querySelectorAll('.prose > p')) {
        if (/[\u0590-\u08ff]/.test(paragraph.textContent)) continue;
        for (const node of paragraph.childNodes) {
          const begin = node.nodeType === Node.TEXT_NODE ? node.data.search(/\S/) : -1;
          const range = document.createRange();
          range.selectNodeContents(node);
          const box = range.getBoundingClientRect();
          if (begin < 0 || box.width < 60 || box.top < 0 || box.bottom > innerHeight || lines.has(box.top)) continue;
          lines.set(box.top, outer(box));
          range.setStart(node, begin);
          range.setEnd(node, begin + node.data.slice(begin).match(/^\S+/)[0].length);
          // Languages without spaces have words that are as long as their line.
          const word = range.getBoundingClientRect();
          if (word.left - paragraph.getBoundingClientRect().left < 1 && word.width < box.width) words.push(outer(word));
        }
      }
      return { lines: [...lines.values()], words };
    }, ratio);
  }

  // The elements show their text, in the lines of the layout, and the canvas is away.
  async showOwnText() {
    await this.page.evaluate(() => {
      document.querySelector('#octavo_layer > *').setAttribute('data-own-text', 'set');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#octavo_stage > canvas { visibility: hidden }');
      document.adoptedStyleSheets = [sheet];
    });
    await this.settle();
  }

  async expectCanvasExact() {
    const { backing, shown, topInPage, leftInPage, coversWindow } = await this.canvasGeometry();
    assert.deepEqual(shown, backing, 'device pixels on screen and in the backing store');
    assert.ok(Math.abs(topInPage - Math.round(topInPage)) < 0.05, `top ${topInPage} is not a whole device pixel`);
    assert.equal(leftInPage, 0);
    assert.ok(coversWindow, 'the canvas does not cover the window');
  }

  async loseContext() {
    await this.page.evaluate(() => {
      const gl = document.querySelector('#octavo_stage > canvas').getContext('webgl2');
      window.contextLoss = gl.getExtension('WEBGL_lose_context');
      window.contextLoss.loseContext();
    });
  }

  restoreContext() {
    return this.page.evaluate(() => window.contextLoss.restoreContext());
  }
}
