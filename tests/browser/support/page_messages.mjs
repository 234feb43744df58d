// What the program told the page last: the message that stands in src/browser/messages.h, seen on its way through JSON.parse.

// To be called before the page is opened.
export function keepPageMessages(page) {
  return page.addInitScript(() => {
    const parse = JSON.parse;
    JSON.parse = (...args) => {
      const value = parse(...args);
      if (Array.isArray(value?.targets)) {
        window.lastPageMessage = value;
      }
      return value;
    };
  });
}

export function lastPageMessage(page) {
  return page.evaluate(() => window.lastPageMessage);
}
