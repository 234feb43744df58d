// What tests of offline reading ask of a page and its service worker.

import { poll } from './bounds.mjs';

// Opens the page and waits until its idle work is done: worker active, newer release looked for, text saved.
export async function openAndSave(page, url) {
  await page.goto(url);
  await idleWorkDone(page);
}

export function idleWorkDone(page) {
  return page.waitForFunction(() => performance.getEntriesByName('octavo-saved').length > 0);
}

// Waits until an asynchronous question to the page is answered with yes. (page.waitForFunction takes a promise itself for a yes.)
export async function until(page, question, argument) {
  await poll(() => page.evaluate(question, argument), String(question));
}

// Puts a question to the worker, as the page's own scripts do (shell/service_worker/messages.js).
export function ask(page, message) {
  return page.evaluate(async (question) => {
    const registration = await navigator.serviceWorker.ready;
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      registration.active.postMessage(question, [port2]);
    });
  }, message);
}

export async function keptStatus(page) {
  const { total, saved, failed } = await ask(page, { type: 'status' });
  return { total, saved, failed };
}

// {cache name: [paths]} of the origin.
export function keptCaches(page) {
  return page.evaluate(async () => {
    const kept = {};
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      kept[name] = keys.map(({ url }) => new URL(url).pathname).sort();
    }
    return kept;
  });
}

export function waitForText(page, text) {
  return page.waitForFunction((wanted) => document.body?.textContent.includes(wanted), text);
}

export function waitUntilLive(page) {
  return page.waitForFunction(() => document.documentElement.classList.contains('octavo-live'));
}

export function isNoticeShown(page) {
  return page.getByText('There is a newer version of this page.').isVisible();
}
