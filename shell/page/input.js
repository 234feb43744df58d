// What the pointer, the keyboard and assistive technology do to links and buttons, as events for the core. The elements keep all
// native behaviour but one: <details> stay open, since the canvas paints them open.

import { isDomTextShown } from './crash.js';

export class Input {
  #layer;
  #windowState;
  #listeners;
  #bridge = null;
  #hovered = null;

  // `act(action)` keeps what comes before the reader has started.
  constructor({ layer, windowState, act, listeners }) {
    this.#layer = layer;
    this.#windowState = windowState;
    this.#listeners = listeners;
    listeners.add(layer.element, 'click', (event) => {
      const action = actionOf(event.target);
      if (action !== null) act(action);
    });
  }

  // From here on the canvas paints, so it must know what is hovered and focused.
  adopt(bridge) {
    this.#bridge = bridge;
    const element = this.#layer.element;
    this.#listeners.add(element, 'pointerover', (event) => this.#handleOver(event));
    this.#listeners.add(element, 'pointerleave', () => this.#leave());
    this.#listeners.add(element, 'click', (event) => {
      const isLink = event.target.closest('a[href]') !== null;
      if (event.target.closest('summary') !== null && !isLink && !isDomTextShown()) event.preventDefault();
    });
    for (const [type, kind] of Object.entries({ pointerdown: 'down', pointerup: 'up', pointercancel: 'up' })) {
      this.#listeners.add(element, type, (event) => this.#handlePress(event, kind));
    }
    this.#listeners.add(element, 'focusin', (event) => bridge.focus(this.#layer.targetIndex(event.target)));
    this.#listeners.add(element, 'focusout', () => bridge.focus(-1));
  }

  // The page has changed under a resting pointer or focus; the next event tells anew what is there.
  handleShown() {
    this.#hovered = null;
    if (this.#layer.element.contains(document.activeElement)) {
      this.#bridge.focus(this.#layer.targetIndex(document.activeElement));
    }
  }

  // Only entering another link or button can change what is painted, so moves within one are never passed on.
  #handleOver(event) {
    const target = event.target.closest('a[href], button');
    if (event.pointerType === 'touch' || target === this.#hovered) return;
    if (target === null) {
      this.#leave();
      return;
    }
    this.#hovered = target;
    this.#point(event, 'move');
  }

  // Only buttons look pressed.
  #handlePress(event, kind) {
    if (event.target.closest('button') !== null) this.#point(event, kind);
  }

  #point(event, kind) {
    const dpr = this.#windowState.dpr;
    this.#bridge.pointer(event.pageX * dpr, event.pageY * dpr, kind);
  }

  #leave() {
    if (this.#hovered === null) return;
    this.#hovered = null;
    this.#bridge.pointer(-1, -1, 'leave');
  }
}

function actionOf(node) {
  const button = node instanceof Element ? node.closest('button[data-action]') : null;
  return button === null || button.disabled ? null : button.dataset.action;
}
