// Turns what pointer, keyboard and assistive technology do to links and buttons into calls of the program. The elements keep their
// native behavior, except that <details> stay open, because the canvas paints them open.

/** @import { Bridge } from '../program/bridge.js' */
/** @import { PointerKind } from '../program/messages.d.ts' */
/** @import { Listeners } from '../site/listeners.js' */
/** @import { PageLayer } from './page_layer.js' */
/** @import { WindowState } from './viewport.js' */

import { isDomTextShown } from './crash.js';

/** @type {[type: string, kind: PointerKind][]} */
const PRESSES = [
  ['pointerdown', 'down'],
  ['pointerup', 'up'],
  ['pointercancel', 'up'],
];

export class Input {
  #layer;
  #windowState;
  #listeners;
  /** @type {Bridge | null} */
  #bridge = null;
  /** @type {Element | null} */
  #hovered = null;

  // `act(action)` may be called before the program has started.
  /** @param {{ layer: PageLayer, windowState: WindowState, act: (action: string) => void, listeners: Listeners }} options */
  constructor({ layer, windowState, act, listeners }) {
    this.#layer = layer;
    this.#windowState = windowState;
    this.#listeners = listeners;
    listeners.add(layer.element, 'click', (/** @type {MouseEvent} */ event) => {
      const action = actionOf(elementOf(event));
      if (action !== null) act(action);
    });
  }

  // From now on the canvas paints, so the program must know what is hovered and focused.
  /** @type {(bridge: Bridge) => void} */
  adopt(bridge) {
    this.#bridge = bridge;
    const element = this.#layer.element;
    this.#listeners.add(element, 'pointerover', (event) => this.#handleOver(event));
    this.#listeners.add(element, 'pointerleave', () => this.#leave());
    this.#listeners.add(element, 'click', (event) => {
      const isLink = elementOf(event)?.closest('a[href]');
      if (elementOf(event)?.closest('summary') && !isLink && !isDomTextShown()) event.preventDefault();
    });
    for (const [type, kind] of PRESSES) this.#listeners.add(element, type, (event) => this.#handlePress(event, kind));
    this.#listeners.add(element, 'focusin', (event) => bridge.focus(this.#layer.targetIndex(event.target)));
    this.#listeners.add(element, 'focusout', () => bridge.focus(-1));
  }

  // The page has changed under a resting pointer or focus. The next event tells what is there now.
  handleShown() {
    this.#hovered = null;
    if (this.#layer.element.contains(document.activeElement)) {
      this.#bridge?.focus(this.#layer.targetIndex(document.activeElement));
    }
  }

  // Only entering another link or button can change what is painted, so moves within one are not passed on.
  /** @type {(event: PointerEvent) => void} */
  #handleOver(event) {
    const target = elementOf(event)?.closest('a[href], button') ?? null;
    if (event.pointerType === 'touch' || target === this.#hovered) return;
    if (target === null) {
      this.#leave();
      return;
    }
    this.#hovered = target;
    this.#point(event, 'move');
  }

  // Only buttons look pressed.
  /** @type {(event: PointerEvent, kind: PointerKind) => void} */
  #handlePress(event, kind) {
    if (elementOf(event)?.closest('button')) this.#point(event, kind);
  }

  /** @type {(event: PointerEvent, kind: PointerKind) => void} */
  #point(event, kind) {
    const dpr = this.#windowState.dpr;
    this.#bridge?.pointer(event.pageX * dpr, event.pageY * dpr, kind);
  }

  #leave() {
    if (this.#hovered === null) return;
    this.#hovered = null;
    this.#bridge?.pointer(-1, -1, 'leave');
  }
}

/** @type {(event: Event) => Element | null} */
function elementOf({ target }) {
  return target instanceof Element ? target : null;
}

/** @type {(element: Element | null) => string | null} */
function actionOf(element) {
  const button = element?.closest('button[data-action]');
  return button instanceof HTMLButtonElement && !button.disabled ? (button.dataset.action ?? null) : null;
}
