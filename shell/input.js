// What the pointer, the keyboard and assistive technology do to links and buttons, as events for the core. The elements keep all
// native behaviour; nothing here prevents a default.

export class Input {
  #layer;
  #bridge;
  #windowState;
  #hovered = null;

  constructor({ layer, bridge, windowState, send, listeners }) {
    this.#layer = layer;
    this.#bridge = bridge;
    this.#windowState = windowState;
    const element = layer.element;
    listeners.add(element, 'pointermove', (event) => this.#handleMove(event));
    listeners.add(element, 'pointerdown', (event) => this.#handlePress(event));
    listeners.add(element, 'pointerup', (event) => this.#handlePress(event));
    listeners.add(element, 'pointerleave', (event) => this.#handleLeave(event));
    listeners.add(element, 'focusin', (event) => this.#handleFocus(event));
    listeners.add(element, 'focusout', () => bridge.focus(-1));
    listeners.add(element, 'click', (event) => {
      const action = actionOf(event.target);
      if (action !== null) send({ type: 'action', action });
    });
  }
}
