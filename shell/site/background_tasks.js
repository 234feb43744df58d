// What a page does when it is idle: registers the service worker, offers a newer release, and lets the text of the blog be saved.

import { pagePath, withoutFragment } from './site_address.js';
import { STRINGS } from './strings.js';
import { ask, isSavingWelcome, registerWorker, whenActive } from './worker_client.js';

// Shorter pointing is passing by.
const INTENT_MS = 65;

// `page` = {root, buildId, path()}.
export async function startBackgroundTasks(page) {
  await work(page);
  performance.mark('octavo-saved'); // for measurements and tests
}

async function work({ root, buildId, path }) {
  const registration = await registerWorker(root);
  if (registration === null) return;
  // Browsers look for another worker when they have time; one that takes a harmful one back should not wait.
  await registration.update().catch(() => undefined);
  if ((await whenActive(registration)) === null) return;
  const { update } = await ask(registration, { type: 'check', page: { path: path(), buildId } });
  if (update) offerNewRelease();
  fetchAhead(registration, root);
  if (isSavingWelcome()) await saveInBackground(registration);
}

async function saveInBackground(registration) {
  for (let more = true; more; ) {
    await idle();
    if (!isSavingWelcome()) return;
    ({ more = false } = await ask(registration, { type: 'save', extent: 'usual' }));
  }
}

function idle() {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 200);
  });
}

// A post whose link is pointed at or focused for a moment is on its way before the click. Nothing else is fetched before it is wanted.
function fetchAhead(registration, root) {
  const asked = new Set();
  let timer;
  const intend = ({ target }) => {
    clearTimeout(timer);
    const link = target instanceof Element ? target.closest('a[href]') : null;
    const path = link && pagePath(new URL(link.href), root);
    if (!path?.startsWith('posts/') || asked.has(path) || !isSavingWelcome()) return;
    timer = setTimeout(() => {
      asked.add(path);
      ask(registration, { type: 'fetch_ahead', path: withoutFragment(path) });
    }, INTENT_MS);
  };
  for (const type of ['pointerover', 'pointerdown', 'focusin']) document.addEventListener(type, intend, { passive: true });
}

// Nothing changes until the reader wants it to: a page that is opened anew is of the newer release anyway.
function offerNewRelease() {
  const notice = document.createElement('div');
  notice.className = 'octavo-notice';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  const text = document.createElement('span');
  text.textContent = STRINGS.newRelease;
  notice.append(text, ' ', button(STRINGS.showNewRelease, () => location.reload()), ' ', button(STRINGS.later, () => notice.remove()));
}

function button(label, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', act);
  return element;
}
