// Counts what a page does on its own: frames asked for, timers made and fired, and calls to WebGL.
import assert from 'node:assert/strict';
import { poll } from './bounds.mjs';

// Call this before the page is opened.
export function watchActivity(page) {
  return page.addInitScript(() => {
    const counts = { frames: 0, timers: 0, fired: 0, draws: 0 };
    const due = new Set(); // what was asked for and has neither come nor been called off
    window.activity = counts;
    window.isSomethingDue = () => due.size > 0;
    const { setTimeout } = window;
    window.timePassed = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const watchRequests = (name, cancelName, key) => {
      const original = window[name];
      window[name] = (callback, ...args) => {
        ++counts[key];
        const call = (...given) => {
          due.delete(entry);
          if (key === 'timers') ++counts.fired;
          return callback(...given);
        };
        const id = original(call, ...args);
        const entry = `${cancelName} ${id}`;
        due.add(entry);
        return id;
      };
      const cancel = window[cancelName];
      window[cancelName] = (id) => {
        due.delete(`${cancelName} ${id}`);
        cancel(id);
      };
    };
    watchRequests('requestAnimationFrame', 'cancelAnimationFrame', 'frames');
    watchRequests('requestIdleCallback', 'cancelIdleCallback', 'frames');
    watchRequests('setTimeout', 'clearTimeout', 'timers');
    watchRequests('setInterval', 'clearInterval', 'timers');
    const gl = WebGL2RenderingContext.prototype;
    for (const name of Object.getOwnPropertyNames(gl)) {
      const { value } = Object.getOwnPropertyDescriptor(gl, name);
      if (typeof value !== 'function') continue;
      gl[name] = function (...args) {
        ++counts.draws;
        return value.apply(this, args);
      };
    }
  });
}

export function activity(page) {
  return page.evaluate(() => ({ ...window.activity }));
}

// Resolves when no request is pending, nothing is due, and nothing has happened between two checks. Asked from outside the
// page, so that it does not count itself.
export async function waitUntilQuiet(page) {
  await page.waitForLoadState('networkidle');
  let before = '';
  await poll(async () => {
    const now = await page.evaluate(() => (window.isSomethingDue() ? '' : JSON.stringify(window.activity)));
    const isQuiet = now !== '' && now === before;
    before = now;
    return isQuiet;
  }, 'the page comes to rest');
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
