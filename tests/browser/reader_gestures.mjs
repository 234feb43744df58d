// The hands of a reader: selecting, copying, finding, dragging, flinging. Works on the live page and on the static one alike.
import { ReaderPage } from './reader_page.mjs';

const ARTICLE = '#octavo_layer article';

export class ReaderGestures extends ReaderPage {
  // ---- Selecting ---------------------------------------------------------------------------------------------------

  #selected() {
    return this.page.evaluate(() => getSelection().toString().replace(/[ \t]+$/gm, '').trim());
  }

  // By the keyboard; without the labels of buttons, which only the live page shows.
  async selectAllOfArticle() {
    await this.page.keyboard.press('Control+A');
    return this.page.evaluate(() => {
      const labels = new Set([...document.querySelectorAll('button, .preferences p')].map((label) => label.textContent.trim()));
      const words = getSelection().toString().split(/\s+/);
      const controls = new Set([...labels].flatMap((label) => label.split(/\s+/)));
      return words.filter((word) => word !== '' && !controls.has(word)).join(' ');
    });
  }

  // Words of the first paragraphs that occur only once in the article's text.
  wordsOfParagraphs(count) {
    return this.page.evaluate((paragraphs) => {
      const text = document.querySelector('article').textContent;
      const found = [...document.querySelectorAll('.prose > p')].slice(0, paragraphs).flatMap((p) => (p.textContent.match(/\b[a-z]{4,}\b/g) ?? []).map((word) => ({ word, p })));
      const isVisible = (p) => p.getBoundingClientRect().bottom < innerHeight;
      return found.filter(({ word, p }) => isVisible(p) && text.split(word).length === 2).map(({ word }) => word);
    }, count);
  }

  // The middle of a word that is in the window.
  async #placeOf(word) {
    return this.page.evaluate((wanted) => {
      const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const begin = node.data.indexOf(wanted);
        if (begin < 0) continue;
        const range = document.createRange();
        range.setStart(node, begin);
        range.setEnd(node, begin + wanted.length);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      throw new Error(`${wanted} is not in the article`);
    }, word);
  }

  async dragOver(from, to) {
    await this.#atRest();
    return this.#drag(await this.#placeOf(from), await this.#placeOf(to));
  }

  // From the line before the first such element to a little past its end.
  async dragThrough(selector) {
    await this.page.bringToFront();
    const [from, to] = await this.page.evaluate((wanted) => {
      getSelection().removeAllRanges();
      const element = document.querySelector('.prose').querySelector(wanted);
      element.scrollIntoView({ block: 'center' });
      const box = element.getBoundingClientRect();
      return [{ x: box.left + 30, y: box.top - 40 }, { x: box.left + box.width / 2, y: box.bottom + 8 }];
    }, selector);
    await this.settle();
    return this.#drag(from, to);
  }

  async #drag(from, to) {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 5 });
    await mouse.up();
    return this.#selected();
  }

  async clickOn(word, clickCount) {
    await this.#atRest();
    const { x, y } = await this.#placeOf(word);
    await this.page.mouse.click(x, y, { clickCount });
    return this.#selected();
  }

  async extendFrom(word, keys) {
    await this.#atRest();
    const { x, y } = await this.#placeOf(word);
    await this.page.mouse.dblclick(x, y);
    for (const key of keys) await this.page.keyboard.press(key);
    return this.#selected();
  }

  // A click in the place of an earlier one would otherwise count as its second.
  async #atRest() {
    await this.page.bringToFront();
    await this.page.evaluate(() => {
      getSelection().removeAllRanges();
      scrollTo(0, 0);
    });
    await this.page.mouse.move(2, 2);
    await this.page.mouse.click(2, 2, { button: 'middle' });
    await this.settle();
  }

  // ---- Copying -----------------------------------------------------------------------------------------------------

  selectArticle() {
    return this.page.evaluate((article) => getSelection().selectAllChildren(document.querySelector(`${article} .prose`)), ARTICLE);
  }

  async copyArticle() {
    await this.selectArticle();
    await this.page.keyboard.press('Control+C');
    return this.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (type) => (await item.getType(type)).text();
      // The number of empty lines between blocks depends on their margins.
      const text = await read('text/plain');
      return { lines: text.split('\n').map((line) => line.trimEnd()).filter((line) => line !== ''), html: await read('text/html') };
    });
  }

  // ---- Finding -----------------------------------------------------------------------------------------------------

  countMatches(text) {
    return this.page.evaluate((wanted) => {
      getSelection().removeAllRanges();
      let count = 0;
      while (count < 10_000 && window.find(wanted)) {
        // Labels of controls are hidden on the static page.
        if (getSelection().anchorNode.parentElement.closest('article') !== null) ++count;
      }
      return count;
    }, text);
  }

  async boxOfMatch(text) {
    await this.page.evaluate((wanted) => {
      getSelection().removeAllRanges();
      window.find(wanted);
    }, text);
    await this.settle();
    const box = await this.page.evaluate(() => {
      const { x, y, width, height } = getSelection().getRangeAt(0).getBoundingClientRect();
      getSelection().removeAllRanges();
      return { x, y, width, height };
    });
    await this.settle();
    return box;
  }

  // Two words that a line break of the layout separates.
  phraseOverLines() {
    return this.page.evaluate(() => {
      const lineBreak = document.querySelector('.prose > p .lb');
      const before = lineBreak.previousSibling.data.trim().split(' ').at(-1);
      return `${before} ${lineBreak.nextSibling.data.trim().split(' ')[0]}`;
    });
  }

  // ---- Links and images ------------------------------------------------------------------------------------------

  // Notes events after all handlers of the page.
  recordPrevented(types) {
    return this.page.evaluate((wanted) => {
      window.recorded = [];
      for (const type of wanted) {
        window.addEventListener(type, (event) => window.recorded.push({ type, prevented: event.defaultPrevented }));
      }
    }, types);
  }

  recordedEvents() {
    return this.page.evaluate(() => window.recorded);
  }

  // Drags an element away; returns what the drag carries and the element's own address.
  async dragOut(selector) {
    const element = this.page.locator(selector).first();
    await element.scrollIntoViewIfNeeded();
    // An image that is not there yet cannot be dragged.
    await element.evaluate((it) => it.localName !== 'img' || it.decode());
    await this.settle();
    await this.page.evaluate(() => {
      document.addEventListener('dragstart', (event) => { window.dragged = event.dataTransfer.getData('text/uri-list'); }, { once: true });
    });
    const box = await element.boundingBox();
    const { mouse } = this.page;
    await mouse.move(box.x + Math.min(20, box.width / 2), box.y + Math.min(10, box.height / 2));
    await mouse.down();
    await mouse.move(box.x + 60, box.y + 40, { steps: 6 });
    await this.page.waitForFunction(() => window.dragged !== undefined);
    await mouse.up();
    return this.page.evaluate((wanted) => {
      const found = document.querySelector(wanted);
      const { dragged } = window;
      delete window.dragged;
      return { dragged, address: found.href ?? found.currentSrc };
    }, selector);
  }

  // ---- Places ------------------------------------------------------------------------------------------------------

  expectNearTop(id) {
    return this.page.waitForFunction((wanted) => Math.abs(document.getElementById(wanted).getBoundingClientRect().top) < 60, id);
  }

  async expectVisible(word) {
    await this.page.waitForFunction((wanted) => {
      const block = [...document.querySelectorAll('.prose p')].find((p) => p.textContent.includes(wanted));
      const box = block.getBoundingClientRect();
      return box.top < innerHeight && box.bottom > 0;
    }, word);
  }

  // ---- Scrolling ---------------------------------------------------------------------------------------------------

  watchMutations() {
    return this.page.evaluate(() => {
      window.mutations = [];
      const canvas = document.querySelector('#octavo_stage > canvas');
      new MutationObserver((records) => {
        // The canvas may move on; it is not part of the text.
        for (const { target, type, attributeName } of records) {
          if (target !== canvas) window.mutations.push(`${type} ${attributeName ?? ''} of ${target.nodeName}`);
        }
      }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  }

  mutations() {
    return this.page.evaluate(() => window.mutations);
  }

  blockingListeners() {
    return this.page.evaluate(() => window.blockingListeners);
  }

  blockMainThread(milliseconds) {
    return this.page.evaluate((duration) => {
      const end = performance.now() + duration;
      while (performance.now() < end);
    }, milliseconds);
  }

  // How far the canvas is into the page, against where it says that it is: 0 when pixels and text are together.
  canvasAgainstText() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('#octavo_stage > canvas');
      const text = document.getElementById('octavo_layer').getBoundingClientRect();
      return Math.round((canvas.getBoundingClientRect().top - text.top - parseFloat(canvas.style.top)) * 64);
    });
  }

  // ---- What other programs make of the page ------------------------------------------------------------------------

  // In an isolated world, as for extensions: the page's policy does not apply there.
  async readInReaderMode(source) {
    const session = await this.page.context().newCDPSession(this.page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const read = () => {
      const flat = (text) => text.replace(/\s+/g, '');
      const article = new Readability(document.cloneNode(true)).parse();
      const text = flat(article?.textContent ?? '');
      const blocks = [...document.querySelectorAll('.prose > :is(p, h2, pre, blockquote)')].map((block) => flat(block.textContent));
      return { readable: article !== null, missing: blocks.filter((block) => !text.includes(block)) };
    };
    const expression = `${source}; (${read})()`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, contextId: executionContextId, returnByValue: true });
    await session.detach();
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  languages() {
    return this.page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('#octavo_layer [lang], #octavo_layer [dir]')].map(
        (element) => `${element.localName} ${element.getAttribute('lang') ?? ''} ${element.getAttribute('dir') ?? ''}`,
      ),
    );
  }
}
