// Counts what a page does on its own: frames asked for, timers made and fired, and calls to WebGL.
import assert from 'node:assert/strict';

// To be called before the page is opened.
export function watchActivity(page) {
  return page.addInitScript(() => {
    const counts = { frames: 0, timers: 0, fired: 0, draws: 0 };
    window.activity = counts;
    const { setTimeout } = window;
    window.timePassed = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const counted = (callback) => (...args) => {
      ++counts.fired;
      return callback(...args);
    };
    const count = (owner, name, key) => {
      const original = owner[name];
      owner[name] = function (...args) {
        ++counts[key];
        if (key === 'timers' && typeof args[0] === 'function') args[0] = counted(args[0]);
        return original.apply(this, args);
      };
    };
    count(window, 'requestAnimationFrame', 'frames');
    count(window, 'requestIdleCallback', 'frames');
    count(window, 'setTimeout', 'timers');
    count(window, 'setInterval', 'timers');
    const gl = WebGL2RenderingContext.prototype;
    for (const name of Object.getOwnPropertyNames(gl)) {
      const { value } = Object.getOwnPropertyDescriptor(gl, name);
      if (typeof value === 'function') count(gl, name, 'draws');
    }
  });
}

export function activity(page) {
  return page.evaluate(() => ({ ...window.activity }));
}

// Resolves when nothing has happened for a third of a second. Called from outside the page, so it does not count itself.
export async function waitUntilQuiet(page) {
  let before = JSON.stringify(await activity(page));
  for (let tries = 0; tries < 30; ++tries) {
    await interval(333);
    const now = JSON.stringify(await activity(page));
    if (now === before) return;
    before = now;
  }
  throw new Error(`the page never comes to rest: ${before}`);
}

// Lets the page's clock run ahead without waiting as long. A timer of its own, which does not count, tells that it did.
export async function passTime(page, milliseconds) {
  const session = await page.context().newCDPSession(page);
  await page.evaluate((time) => {
    window.hasTimePassed = false;
    window.timePassed(time).then(() => {
      window.hasTimePassed = true;
    });
  }, milliseconds);
  const expired = new Promise((resolve) => session.once('Emulation.virtualTimeBudgetExpired', resolve));
  await session.send('Emulation.setVirtualTimePolicy', { policy: 'advance', budget: milliseconds + 100 });
  await expired;
  assert.ok(await page.evaluate(() => window.hasTimePassed), 'the clock of the page stands still');
  await session.detach();
}

// The measured interval itself: there is no condition to wait for when nothing is to happen.
export function interval(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
