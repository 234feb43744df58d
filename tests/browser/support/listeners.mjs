// Notes which listeners a page adds that the browser would have to wait for before it can scroll.

// Call this before the page is opened. Wheel and touch listeners on the window and the document are passive unless stated
// said; anywhere else they block.
export function watchListeners(page) {
  return page.addInitScript(() => {
    window.blockingListeners = [];
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const passive = typeof options === 'object' && options !== null ? options.passive : undefined;
      const isRoot = this === undefined || this === window || this === document;
      const [, , caller] = new Error().stack.split('\n');
      // Playwright's own are not from the page's scripts.
      const isThePages = caller.includes(location.origin);
      if (isThePages && /^(wheel|mousewheel|touchstart|touchmove)$/.test(type) && !(passive ?? isRoot)) {
        window.blockingListeners.push(`${type} on ${this?.constructor?.name}, ${caller.trim()}`);
      }
      return addEventListener.call(this, type, listener, options);
    };
  });
}
