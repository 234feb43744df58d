// Starts the reader: waits until the static page is readable, lets the program adopt it, and starts the program once more after a crash.

import { scriptData } from './script_data.js';
import { showCrash } from './crash.js';
import { ReaderSession } from './reader_session.js';
import { Listeners } from '../site/listeners.js';
import { absoluteUrl, siteRoot, startPath } from '../site/site_address.js';

// A busy page must not keep the reader from starting. The text is readable meanwhile.
const MAX_WAIT_MS = 1500;
const MAX_BACKGROUND_WAIT_MS = 5000;
// A program that crashes again sooner than this is not started a second time, or it would crash forever.
const MIN_LIFE_MS = 60_000;

// The data of the document as it was loaded; its address changes with every page that is shown.
const script = scriptData();
const root = siteRoot(script.root, location.href);
const loadedPath = startPath(location.href, root, script.path);

let session = createSession();
let restarted = -Infinity;

await start();
loadBackgroundTasks();

function createSession() {
  return new ReaderSession({ script, root, loadedPath, crashed: handleCrash });
}

async function start() {
  await whenReadable();
  await session.start();
}

/** @type {(error: unknown) => void} */
function handleCrash(error) {
  showCrash(error);
  if (performance.now() - restarted < MIN_LIFE_MS) return;
  restarted = performance.now();
  // Another program adopts the page as the first one adopted the static page.
  session = createSession();
  start();
}

// Offline reading and news of a newer release can wait until the page is read. The worker's steps are kept apart by Web Locks, which Safari
// has since 15.4.
async function loadBackgroundTasks() {
  if (!script.backgroundTasks || !('serviceWorker' in navigator) || !('locks' in navigator)) return;
  await idle(MAX_BACKGROUND_WAIT_MS);
  // Without a network and without a worker that has the file, there are no background tasks on this visit.
  const tasks = await import(absoluteUrl(script.backgroundTasks, root).href).catch(() => null);
  tasks?.startBackgroundTasks({ root, buildId: script.buildId, path: () => session.path });
}

// Resolves when the static page has been painted and the browser has time, or at once when the reader does something.
/** @type {() => Promise<unknown>} */
function whenReadable() {
  const listeners = new Listeners();
  return new Promise((resolve) => {
    for (const type of ['pointerdown', 'keydown', 'wheel']) listeners.add(window, type, resolve, { capture: true });
    requestAnimationFrame(() => idle(MAX_WAIT_MS).then(resolve));
  }).finally(() => listeners.removeAll());
}

/** @type {(timeout: number) => Promise<unknown>} */
function idle(timeout) {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout });
    else setTimeout(resolve, 0);
  });
}
