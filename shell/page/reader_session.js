// One run of the program on a page: starts it, adopts the page in place, and keeps elements and canvas together from then on.

/** @import { PageMessage, ReaderEvent, StartOptions, Viewport } from '../program/messages.d.ts' */
/** @import { Bridge } from '../program/bridge.js' */
/** @import { ScriptData } from './script_data.js' */
/** @import { WindowChange } from './viewport.js' */

import { CONVERSATION_ACTION } from '#constants';
import { Stage } from '../canvas/stage.js';
import { createBridge } from '../program/bridge.js';
import { pause, runInSlices } from '../program/time_slicing.js';
import { Listeners } from '../site/listeners.js';
import { LocalStore } from '../site/local_store.js';
import { Manifest } from '../site/manifest.js';
import { absoluteUrl, samePage, startPath } from '../site/site_address.js';
import { readBrowserLines } from './browser_line_reader.js';
import { ConversationLoader } from './conversation_loader.js';
import { watchCopying } from './copying.js';
import { hideCrash, hideDomText, leaveStaticPage, showDomText } from './crash.js';
import { applyScroll, fixHeadAddresses, focusContent, readingPlace, scrollBackTo, setPageAttributes } from './document_state.js';
import { DomMutations } from './dom_mutations.js';
import { Effects } from './effects.js';
import { Frames } from './frames.js';
import { Input } from './input.js';
import { Navigation } from './navigation.js';
import { PageLayer } from './page_layer.js';
import { elementById } from './script_data.js';
import { restoreSelection, selectionPlace } from './selection.js';
import { SessionPhase } from './session_phase.js';
import { WindowState } from './viewport.js';

export class ReaderSession {
  #script;
  #root;
  #loadedPath;
  #startPath;
  #crashed;
  #phase = new SessionPhase();
  #listeners = new Listeners();
  #layer = new PageLayer(elementById('octavo_layer'));
  #stageElement = elementById('octavo_stage');
  #localStore;
  #windowState;
  #domMutations;
  #navigation;
  #conversation;
  #input;
  #effects;
  #frames;
  /** @type {Stage | null} */
  #stage = null;
  /** @type {Bridge | null} */
  #bridge = null;
  /** @type {PageMessage[]} */
  #messages = []; // pages to show, not yet applied
  /** @type {PageMessage | null} */
  #placed = null; // the one for which the canvas is placed already
  /** @type {ReaderEvent[]} */
  #events = []; // that came before the adoption

  // From the start clicks on buttons are kept for the program, and changes to the elements are watched. `loadedPath` is the path of the
  // page that the document was loaded with. `crashed` is called when the program has crashed on a page that it had adopted.
  /** @param {{ script: ScriptData, root: URL, loadedPath: string, crashed: (error: unknown) => void }} options */
  constructor({ script, root, loadedPath, crashed }) {
    this.#script = script;
    this.#root = root;
    this.#loadedPath = loadedPath;
    this.#startPath = startPath(location.href, root, script.path);
    this.#crashed = crashed;
    const announcer = elementById('octavo_announcer');
    const listeners = this.#listeners;
    const layer = this.#layer;
    const localStore = new LocalStore(root);
    this.#localStore = localStore;
    /** @type {(event: ReaderEvent) => void} */
    const send = (event) => this.#send(event);
    const windowState = new WindowState({ stage: this.#stageElement, listeners, changed: (what) => this.#handleWindowChange(what) });
    this.#windowState = windowState;
    this.#domMutations = new DomMutations({ layer, windowState, listeners, moved: () => this.#showRewritten() });
    this.#navigation = new Navigation({ root, path: this.#startPath, send, listeners });
    this.#conversation = new ConversationLoader({
      ...{ script, root, layer, localStore, send, listeners },
      follow: (path) => send({ type: 'link_followed', path }),
      announce: (text) => (announcer.textContent = text),
    });
    this.#input = new Input({ layer, windowState, act: (action) => this.#act(action), listeners });
    this.#effects = new Effects({
      ...{ root, localStore, navigation: this.#navigation, announcer, listeners },
      answer: {
        fetched: (request, bytes) => this.#answer((bridge) => bridge.fetched(request, bytes)),
        fetchFailed: (request, reason, status) => this.#answer((bridge) => bridge.fetchFailed(request, reason, status)),
      },
      manifest: new Manifest(absoluteUrl(script.bundle, root), root, script),
    });
    this.#frames = new Frames({ resize: () => this.#resize(), place: () => this.#placeInFrame(), paint: (now) => this.#paint(now) });
    document.documentElement.classList.add('octavo-script');
  }

  // State of the page that is shown.
  get path() {
    return this.#navigation.path;
  }

  // ---- Starting ----------------------------------------------------------------------------------------------------

  // Resolves when the program runs. The static page stays as it is if it cannot run.
  async start() {
    const stage = new Stage({
      element: this.#stageElement,
      windowState: this.#windowState,
      listeners: this.#listeners,
      move: () => this.#frames.request(),
      scrollEnded: () => this.#phase.isAdopted && this.#navigation.saveScroll(),
    });
    this.#stage = stage;
    await pause();
    const bridge = await this.#createBridge(stage.canvas);
    if (bridge === null) return;
    this.#watchContext(stage.canvas);
    const lines = await this.#readLines();
    this.#bridge = bridge;
    this.#phase.enter('starting');
    bridge.start({ ...this.#startOptions(), lines });
    this.#prepare();
  }

  /** @type {(canvas: HTMLCanvasElement) => Promise<Bridge | null>} */
  async #createBridge(canvas) {
    try {
      return await createBridge({
        canvas,
        wasmUrl: new URL(this.#script.wasm, this.#root).href,
        host: {
          showPage: (message) => this.#queuePage(message),
          perform: (effects) => effects.forEach((effect) => this.#effects.perform(effect)),
          requestFrame: () => this.#frames.request(),
          crashed: (error) => this.#handleCrash(error),
        },
      });
    } catch (error) {
      this.#giveUp(error);
      return null;
    }
  }

  // Reads all lines at one size of window and text.
  async #readLines() {
    for (;;) {
      const before = JSON.stringify(this.#fittedViewport());
      const lines = await readBrowserLines(this.#layer.element);
      await pause();
      if (JSON.stringify(this.#viewport()) === before) return lines;
    }
  }

  /** @type {() => Omit<StartOptions, 'lines'>} */
  #startOptions() {
    const { bundle, post, integrity } = this.#script;
    const isLoadedPage = samePage(this.#startPath, this.#loadedPath);
    return {
      path: this.#startPath,
      bundleUrl: bundle,
      postUrl: isLoadedPage ? post : '',
      postIntegrity: isLoadedPage ? integrity : '',
      localStore: this.#localStore.all(),
      viewport: this.#viewport(),
      theme: this.#windowState.theme,
    };
  }

  /** @type {() => Viewport} */
  #viewport() {
    const { widthCss, heightCss, dpr, textScale, scrollBarCss, minFontCss } = this.#windowState;
    return { width: widthCss, height: heightCss, dpr, textScale, scrollBar: scrollBarCss, minFont: minFontCss };
  }

  // The viewport, with the style sheet's lengths on its device pixels.
  #fittedViewport() {
    const viewport = this.#viewport();
    window.octavoGrid.fit(viewport.dpr, viewport.textScale);
    return viewport;
  }

  // Prepares the first page and its first frame in slices. Later pages are prepared at once, because the reader waits for them.
  async #prepare() {
    if (!this.#phase.is('starting')) return;
    this.#phase.enter('preparing');
    do {
      await runInSlices(() => this.#prepareStep());
      await pause();
      // A file may have arrived in the meantime.
    } while (this.#prepareStep());
    // With all words drawn, the page layer changes and the canvas is painted within one browser frame.
    this.#applyPages();
    if (this.#phase.is('preparing')) this.#phase.enter('starting'); // another file is missing
  }

  // Returns whether there is more to do.
  #prepareStep() {
    const message = this.#messages.at(-1);
    if (message === undefined || message === this.#placed) return this.#bridge?.work() ?? false;
    this.#placed = message;
    this.#stage?.setPageHeight(message.height);
    return this.#placeCanvas();
  }

  // ---- Events ------------------------------------------------------------------------------------------------------

  /** @type {(event: ReaderEvent) => void} */
  #send(event) {
    if (this.#phase.isAdopted) this.#bridge?.event(event);
    else this.#events.push(event);
  }

  /** @type {(action: string) => void} */
  #act(action) {
    if (!action.startsWith(CONVERSATION_ACTION)) this.#send({ type: 'action', action });
    this.#conversation.handleAction(action);
  }

  /** @type {(answer: (bridge: Bridge) => void) => void} */
  #answer(answer) {
    if (this.#bridge === null) return;
    answer(this.#bridge);
    this.#prepare();
  }

  // ---- Pages -------------------------------------------------------------------------------------------------------

  // The core may be in the middle of an event, and changing the DOM can send it another one (focus), so the page is applied afterwards.
  /** @type {(message: PageMessage) => void} */
  #queuePage(message) {
    this.#messages.push(message);
    if (this.#phase.isAdopted) queueMicrotask(() => this.#applyPages());
  }

  #applyPages() {
    for (const message of this.#messages.splice(0)) this.#applyPage(message);
  }

  /** @type {(message: PageMessage) => void} */
  #applyPage(message) {
    const bridge = this.#bridge;
    if (bridge === null) return;
    const isFirst = !this.#phase.isAdopted;
    // The shell page only replaces a page that is not on the device, so its text is not worth keeping.
    if (isFirst && message.isFailure && !this.#script.shell) {
      this.#giveUp(new Error(message.title));
      return;
    }
    const isSamePage = isFirst || message.relayout || message.keepScroll;
    const place = isSamePage ? readingPlace(this.#layer.element) : null;
    const selected = isSamePage ? selectionPlace(this.#layer.element) : null;
    this.#navigation.handleShown(message.path);
    setPageAttributes(message, this.#root);
    this.#updateElements(bridge, message, isSamePage);
    restoreSelection(selected);
    applyScroll(message, place);
    if (!isSamePage) hideDomText('rewritten');
    if (isFirst) this.#adopt(bridge);
    else if (!isSamePage) focusContent(this.#layer.element);
    this.#input.handleShown();
    this.#conversation.handleShown(message);
    this.#domMutations.handleShown();
    this.#frames.request();
  }

  /** @type {(bridge: Bridge, message: PageMessage, isSamePage: boolean) => void} */
  #updateElements(bridge, message, isSamePage) {
    // From now on the browser breaks no lines.
    document.documentElement.classList.add('octavo-set');
    const update = { ...message, isSamePage, baseUrl: document.baseURI };
    this.#domMutations.whileUpdating(isSamePage, () => this.#layer.update(update));
    this.#layer.alignTo(message.left / message.dpr);
    this.#layer.alignBlocks((id) => bridge.blockBottom(id), message.dpr);
    this.#stage?.setPageHeight(message.height);
  }

  // A translator or an extension has changed the elements so much that the canvas no longer matches.
  #showRewritten() {
    const place = readingPlace(this.#layer.element);
    showDomText('rewritten');
    if (place !== null) scrollBackTo(place);
  }

  /** @type {(bridge: Bridge) => void} */
  #adopt(bridge) {
    this.#phase.enter('adopted');
    fixHeadAddresses();
    this.#navigation.adopt();
    this.#input.adopt(bridge);
    this.#listeners.add(document.fonts, 'loadingdone', () => bridge.fontsChanged());
    this.#domMutations.adopt(bridge);
    watchCopying(this.#layer.element, this.#listeners);
    for (const event of this.#events.splice(0)) bridge.event(event);
  }

  // ---- Frames ------------------------------------------------------------------------------------------------------

  /** @type {(what: WindowChange) => void} */
  #handleWindowChange(what) {
    if (this.#bridge === null) return;
    if (what === 'theme') this.#bridge.theme(this.#windowState.theme);
    if (what === 'size') this.#frames.requestResize();
    else this.#frames.request();
  }

  #resize() {
    this.#bridge?.resize(this.#fittedViewport());
    // The new lines are painted in this very frame, not in the one after the elements have moved.
    if (this.#phase.isAdopted) this.#applyPages();
    this.#stage?.invalidate();
  }

  #placeInFrame() {
    if (this.#phase.isAdopted) this.#placeCanvas();
  }

  // Returns whether the canvas has moved.
  #placeCanvas() {
    const area = this.#stage?.place() ?? null;
    if (area !== null) this.#bridge?.canvasArea(area.top, area.width, area.height);
    return area !== null;
  }

  /** @type {(now: number) => void} */
  #paint(now) {
    if (this.#phase.isAdopted && !this.#windowState.forcedColors) this.#bridge?.frame(now);
    // The call may have trapped. Nothing of the page may be transparent before it has been painted.
    if (!this.#phase.is('adopted')) return;
    this.#phase.enter('live');
    document.documentElement.classList.add('octavo-live');
    hideCrash();
    performance.mark('octavo-painted'); // for measurements
  }

  /** @type {(canvas: HTMLCanvasElement) => void} */
  #watchContext(canvas) {
    this.#listeners.add(canvas, 'webglcontextlost', (event) => {
      // Preventing the default is what asks the browser to restore the context.
      event.preventDefault();
      showDomText('context');
      this.#bridge?.contextLost();
    });
    this.#listeners.add(canvas, 'webglcontextrestored', () => {
      this.#bridge?.contextRestored();
      this.#stage?.invalidate();
      requestAnimationFrame((now) => {
        this.#frames.run(now);
        hideDomText('context');
      });
    });
  }

  // ---- Failures ----------------------------------------------------------------------------------------------------

  /** @type {(error: unknown) => void} */
  #handleCrash(error) {
    if (this.#phase.is('over')) return;
    if (!this.#phase.isAdopted) {
      this.#giveUp(error);
      return;
    }
    this.#end();
    this.#crashed(error);
  }

  // The static page is worth more than an error in its place, and its links load pages.
  /** @type {(error: unknown) => void} */
  #giveUp(error) {
    this.#bridge?.destroy();
    this.#end();
    leaveStaticPage(error);
  }

  #end() {
    this.#phase.enter('over');
    this.#bridge = null;
    this.#stage?.canvas.remove();
    this.#listeners.removeAll();
  }
}
