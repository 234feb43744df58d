// The page's program: waits until the static page is readable, starts the reader, and adopts the page in place.

import { createBridge } from '../program/bridge.js';
import { watchCopying } from './copying.js';
import { hideCrash, hideDomText, leaveStaticPage, showCrash, showDomText } from './crash.js';
import { Effects } from './effects.js';
import { DomMutations } from './dom_mutations.js';
import { Input } from './input.js';
import { Listeners } from './listeners.js';
import { Manifest } from '../site/manifest.js';
import { Navigation } from './navigation.js';
import { PageLayer } from './page_layer.js';
import { inPieces, pause } from '../program/time_slicing.js';
import { LocalStore } from '../site/local_store.js';
import { ConversationLoader } from './conversation_loader.js';
import { returnSelection, selectionPlace } from './selection.js';
import { applyScroll, fixHeadAddresses, focusContent, readingPlace, setPageAttributes } from './document_state.js';
import { absoluteUrl, samePage, siteRoot, startPath } from '../site/site_address.js';
import { Stage } from '../canvas/stage.js';
import { readBrowserLines } from './browser_line_reader.js';
import { WindowState } from './viewport.js';

// A busy page must not keep the reader from starting; the text is readable all the while.
const LONGEST_WAIT_MS = 1500;
const LONGEST_COMPANION_WAIT_MS = 5000;
// A reader that stops again so soon after it was started anew would stop for ever.
const LEAST_LIFE_MS = 60_000;

// As the document came; its address changes with every page that is shown.
const script = document.getElementById('octavo_script').dataset;
const root = siteRoot(script.root, location.href);
const loadedPath = startPath(location.href, root, script.path);
let restarted = -Infinity;

class ReaderPage {
  #script = script;
  #root = root;
  #startPath = startPath(location.href, this.#root, this.#script.path);
  #listeners = new Listeners();
  #localStore = new LocalStore(this.#root);
  #layer = new PageLayer(document.getElementById('octavo_layer'));
  #grid = window.octavoGrid; // made by early.js
  #announcer = document.getElementById('octavo_announcer');
  #windowState;
  #domMutations;
  #stage;
  #navigation;
  #replies;
  #input;
  #effects;
  #bridge = null;
  #messages = []; // pages to show, not yet applied
  #placed = null; // the one that the canvas lies on already
  #events = []; // of the reader, before it has started
  #isLive = false; // the page is the program's
  #isWorking = false;
  #isReady = false; // to paint
  #isShown = false; // as the program paints it
  #frameRequested = false;
  #sizeChanged = false;

  constructor() {
    const listeners = this.#listeners;
    const send = (event) => this.#send(event);
    this.#windowState = new WindowState({
      stage: document.getElementById('octavo_stage'),
      listeners,
      changed: (what) => this.#handleWindowChange(what),
    });
    this.#domMutations = new DomMutations({
      layer: this.#layer,
      windowState: this.#windowState,
      listeners,
      moved: () => this.#showRewritten(),
    });
    this.#navigation = new Navigation({ root: this.#root, path: this.#startPath, send, listeners });
    this.#replies = new ConversationLoader({
      script: this.#script,
      root: this.#root,
      layer: this.#layer,
      localStore: this.#localStore,
      send,
      follow: (path) => send({ type: 'link_followed', path }),
      announce: (text) => (this.#announcer.textContent = text),
      listeners,
    });
    this.#input = new Input({ layer: this.#layer, windowState: this.#windowState, act: (action) => this.#act(action), listeners });
    this.#effects = new Effects({
      root: this.#root,
      localStore: this.#localStore,
      navigation: this.#navigation,
      announcer: this.#announcer,
      answer: {
        fetched: (request, bytes) => this.#take((bridge) => bridge.fetched(request, bytes)),
        fetchFailed: (request, reason, status) => this.#take((bridge) => bridge.fetchFailed(request, reason, status)),
      },
      manifest: new Manifest(absoluteUrl(this.#script.bundle, this.#root), this.#root, this.#script),
      listeners,
    });
    document.documentElement.classList.add('octavo-script');
  }

  async start() {
    await whenReadable();
    this.#stage = new Stage({
      element: document.getElementById('octavo_stage'),
      windowState: this.#windowState,
      listeners: this.#listeners,
      move: () => this.#requestFrame(),
      scrollEnded: () => this.#isLive && this.#navigation.saveScroll(),
    });
    await pause();
    let bridge;
    try {
      bridge = await createBridge({
        canvas: this.#stage.canvas,
        wasmUrl: new URL(this.#script.wasm, this.#root).href,
        host: {
          showPage: (message) => this.#queuePage(message),
          perform: (effects) => effects.forEach((effect) => this.#effects.perform(effect)),
          requestFrame: () => this.#requestFrame(),
          crashed: (error) => this.#handleCrash(error),
        },
      });
    } catch (error) {
      this.#giveUp(error);
      return;
    }
    this.#watchContext();
    const lines = await this.#readLines();
    this.#bridge = bridge;
    bridge.start({ ...this.#startOptions(), lines });
    this.#work();
  }

  // As they are at one and the same size of window and text.
  async #readLines() {
    for (;;) {
      const before = JSON.stringify(this.#viewport());
      const lines = await readBrowserLines(this.#layer.element);
      await pause();
      if (JSON.stringify(this.#viewport()) === before) return lines;
    }
  }

  // What can wait until the page is read: offline reading and news of a newer release.
  async loadCompanion() {
    if (!this.#script.backgroundTasks || !('serviceWorker' in navigator)) return;
    await idle(LONGEST_COMPANION_WAIT_MS);
    // Without a network, and without a worker that has it, there is none on this visit.
    const backgroundTasks = await import(absoluteUrl(this.#script.backgroundTasks, this.#root).href).catch(() => null);
    backgroundTasks?.startBackgroundTasks({ root: this.#root, buildId: this.#script.buildId, path: () => this.#navigation.path });
  }

  #startOptions() {
    const isLoadedPage = samePage(this.#startPath, loadedPath);
    return {
      path: this.#startPath,
      bundleUrl: script.bundle,
      postUrl: (isLoadedPage && script.post) || '',
      postIntegrity: (isLoadedPage && script.integrity) || '',
      localStore: this.#localStore.all(),
      viewport: this.#viewport(),
      theme: this.#windowState.theme,
    };
  }

  #viewport() {
    const { widthCss, heightCss, dpr, textScale, scrollBarCss, minFontCss } = this.#windowState;
    return { width: widthCss, height: heightCss, dpr, textScale, scrollBar: scrollBarCss, minFont: minFontCss };
  }

  #send(event) {
    if (this.#isLive) this.#bridge.event(event);
    else this.#events.push(event);
  }

  #act(action) {
    if (!action.startsWith('comments:')) this.#send({ type: 'action', action });
    this.#replies.handleAction(action);
  }

  #take(answer) {
    if (this.#bridge === null) return;
    answer(this.#bridge);
    this.#work();
  }

  // What the first page and its first frame need. Later ones are made at once: somebody waits for them.
  async #work() {
    if (this.#isWorking || this.#isReady) return;
    this.#isWorking = true;
    await inPieces(() => this.#bridge !== null && this.#workOnce());
    await pause();
    // With all words drawn, the page layer is changed and painted over within one frame of the browser's.
    if (this.#bridge !== null) this.#applyPages();
    this.#isWorking = false;
    if (!this.#isLive) return; // there will be another answer
    this.#isReady = true;
    this.#requestFrame();
  }

  #workOnce() {
    const message = this.#messages.at(-1);
    if (message === undefined || message === this.#placed) return this.#bridge.work();
    this.#placed = message;
    this.#stage.pageHeight = message.height;
    return this.#placeCanvas();
  }

  // ---- Pages -------------------------------------------------------------------------------------------------------

  // The core may be in the middle of an event, and changing the DOM can send it another one (focus): so a moment later.
  #queuePage(message) {
    this.#messages.push(message);
    if (this.#isReady && this.#messages.length === 1) queueMicrotask(() => this.#applyPages());
  }

  #applyPages() {
    for (const message of this.#messages.splice(0)) this.#applyPage(message);
  }

  #applyPage(message) {
    const isFirst = !this.#isLive;
    // The shell page stands in for a page that is not here, and has nothing to say itself.
    if (isFirst && message.isFailure && !this.#script.shell) {
      this.#giveUp(new Error(message.title));
      return;
    }
    const isSamePage = isFirst || message.relayout || message.keepScroll;
    const place = isSamePage ? readingPlace(this.#layer.element) : null;
    const selected = isSamePage ? selectionPlace(this.#layer.element) : null;
    this.#navigation.handleShown(message.path);
    setPageAttributes(message, this.#root);
    // From here on no line breaks as the window likes.
    document.documentElement.classList.add('octavo-set');
    const update = { ...message, isSamePage, baseUrl: document.baseURI };
    this.#domMutations.whileUpdating(isSamePage, () => this.#layer.update(update));
    this.#layer.alignTo(message.left / message.dpr);
    this.#layer.alignBlocks((id) => this.#bridge.blockBottom(id), message.dpr);
    this.#stage.pageHeight = message.height;
    returnSelection(selected);
    applyScroll(message, place);
    if (!isSamePage) hideDomText('rewritten');
    if (isFirst) this.#adopt();
    else if (!isSamePage) focusContent(this.#layer.element);
    this.#input.handleShown();
    this.#replies.handleShown(message);
    this.#domMutations.handleShown();
    this.#requestFrame();
  }

  #showRewritten() {
    const place = readingPlace(this.#layer.element);
    showDomText('rewritten');
    applyScroll({ keepScroll: true }, place);
  }

  #adopt() {
    this.#isLive = true;
    fixHeadAddresses();
    this.#navigation.adopt();
    this.#input.adopt(this.#bridge);
    this.#listeners.add(document.fonts, 'loadingdone', () => this.#bridge.fontsChanged());
    this.#domMutations.adopt(this.#bridge);
    watchCopying(this.#layer.element, this.#listeners);
    for (const event of this.#events.splice(0)) this.#bridge.event(event);
  }

  // ---- Frames ------------------------------------------------------------------------------------------------------

  #requestFrame() {
    if (this.#frameRequested) return;
    this.#frameRequested = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    if (this.#bridge === null) return;
    if (this.#sizeChanged) this.#resize();
    // Any call may be the one that traps, after which there is no bridge.
    if (this.#bridge === null) return;
    if (this.#isLive) this.#placeCanvas();
    // What asked for a frame until here gets it now; what asks while painting gets the next one.
    this.#frameRequested = false;
    if (!this.#isReady) return;
    if (!this.#windowState.forcedColors) this.#bridge?.frame(now);
    this.#showPainting();
  }

  // Returns whether it has moved.
  #placeCanvas() {
    const area = this.#stage.place();
    if (area !== null) this.#bridge.canvasArea(area.top, area.width, area.height);
    return area !== null;
  }

  // Nothing of the page may be transparent before it has been painted.
  #showPainting() {
    if (this.#isShown || this.#bridge === null) return;
    this.#isShown = true;
    document.documentElement.classList.add('octavo-live');
    hideCrash();
    performance.mark('octavo-painted'); // for measurements
  }

  #resize() {
    this.#sizeChanged = false;
    const viewport = this.#viewport();
    this.#grid.fit(viewport.dpr, viewport.textScale);
    this.#bridge.resize(viewport);
    // The new lines are painted in this very frame, not one after the elements have moved.
    this.#applyPages();
    this.#stage.invalidate();
  }

  #handleWindowChange(what) {
    if (this.#bridge === null) return;
    if (what === 'theme') this.#bridge.theme(this.#windowState.theme);
    if (what === 'size') this.#sizeChanged = true;
    this.#requestFrame();
  }

  // ---- Failures ----------------------------------------------------------------------------------------------------

  // The static page says more than an error in its place would, and its links load pages.
  #giveUp(error) {
    this.#bridge?.destroy();
    this.#bridge = null;
    this.#stage.canvas.remove();
    this.#listeners.removeAll();
    leaveStaticPage(error);
  }

  #watchContext() {
    const canvas = this.#stage.canvas;
    // Preventing the default is what asks the browser to restore the context.
    const lost = (event) => {
      event.preventDefault();
      showDomText('context');
      this.#bridge?.contextLost();
    };
    this.#listeners.add(canvas, 'webglcontextlost', lost);
    this.#listeners.add(canvas, 'webglcontextrestored', () => {
      this.#bridge?.contextRestored();
      this.#stage.invalidate();
      requestAnimationFrame((now) => {
        this.#frame(now);
        hideDomText('context');
      });
    });
  }

  #handleCrash(error) {
    if (this.#bridge === null) return;
    if (!this.#isLive) {
      this.#giveUp(error);
      return;
    }
    this.#bridge = null;
    this.#listeners.removeAll();
    this.#stage.canvas.remove();
    showCrash(error);
    if (performance.now() - restarted < LEAST_LIFE_MS) return;
    // A program of its own adopts the page as it adopted the static one.
    restarted = performance.now();
    new ReaderPage().start();
  }
}

// Resolves when the static page has been painted and the browser has time, or at once when the reader does something.
function whenReadable() {
  const waiting = new Listeners();
  return new Promise((resolve) => {
    for (const type of ['pointerdown', 'keydown', 'wheel']) waiting.add(window, type, resolve, { capture: true });
    requestAnimationFrame(() => idle(LONGEST_WAIT_MS).then(resolve));
  }).finally(() => waiting.removeAll());
}

function idle(timeout) {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout });
    else setTimeout(resolve, 0);
  });
}

const page = new ReaderPage();
await page.start();
page.loadCompanion();
