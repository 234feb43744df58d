// The program's last page message (src/browser/messages.h), observed in JSON.parse.

// Call this before the page is opened.
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
