// What a page does when it is idle: registers the service worker, offers a newer release, and has the text of the blog saved.

import { pagePath, withoutFragment } from './site_address.js';
import { STRINGS } from './strings.js';
import { ask, mayLoadAhead, registerWorker, whenActive } from './worker_client.js';

// A pointer that stays for less time is only passing.
const INTENT_MS = 65;

/** @typedef {{ root: URL, buildId: string, path: () => string }} BackgroundPage */

/** @type {(page: BackgroundPage) => Promise<void>} */
export async function startBackgroundTasks(page) {
  await work(page);
  performance.mark('octavo-saved'); // for measurements and tests
}

/** @type {(page: BackgroundPage) => Promise<void>} */
async function work({ root, buildId, path }) {
  const registration = await registerWorker(root);
  if (registration === null) return;
  // Browsers look for a new worker when they have time. One that replaces a harmful worker should not wait for that.
  await registration.update().catch(() => undefined);
  if ((await whenActive(registration)) === null) return;
  const { update } = await ask(registration, { type: 'check', page: { path: path(), buildId } });
  if (update) offerNewRelease();
  fetchAhead(registration, root);
  if (mayLoadAhead()) await saveInBackground(registration);
}

/** @type {(registration: ServiceWorkerRegistration) => Promise<void>} */
async function saveInBackground(registration) {
  for (let more = true; more; ) {
    await idle();
    if (!mayLoadAhead()) return;
    ({ more = false } = await ask(registration, { type: 'save', extent: 'usual' }));
  }
}

/** @type {() => Promise<unknown>} */
function idle() {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 200);
  });
}

// Fetches a post when its link has been pointed at or focused for a moment, before the click. Nothing else is fetched in advance.
/** @type {(registration: ServiceWorkerRegistration, root: URL) => void} */
function fetchAhead(registration, root) {
  const asked = new Set();
  /** @type {number | undefined} */
  let timer;
  /** @type {(event: Event) => void} */
  const intend = ({ target }) => {
    clearTimeout(timer);
    const link = target instanceof Element ? target.closest('a[href]') : null;
    const path = link instanceof HTMLAnchorElement && pagePath(new URL(link.href), root);
    if (!path || !path.startsWith('posts/') || asked.has(path) || !mayLoadAhead()) return;
    timer = window.setTimeout(() => {
      asked.add(path);
      ask(registration, { type: 'fetch_ahead', path: withoutFragment(path) });
    }, INTENT_MS);
  };
  for (const type of ['pointerover', 'pointerdown', 'focusin']) document.addEventListener(type, intend, { passive: true });
}

// Nothing changes until the reader agrees. A page that is opened later is of the newer release anyway.
function offerNewRelease() {
  const notice = document.createElement('div');
  notice.className = 'octavo-notice';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  const text = document.createElement('span');
  text.textContent = STRINGS.newRelease;
  notice.append(text, ' ', button(STRINGS.showNewRelease, () => location.reload()), ' ', button(STRINGS.later, () => notice.remove()));
}

/** @type {(label: string, act: () => void) => HTMLButtonElement} */
function button(label, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', act);
  return element;
}
