// The service worker: which event leads where. What is kept is decided in releases.js and saved_posts.js, how requests are answered
// in answers.js. Nothing that matters is held in variables, since browsers end and start the worker as they like.

/** @import { Asked } from './answers.js' */

import { answerFile, answerManifest, answerOther, answerPage, answerImage } from './answers.js';
import { handleMessage } from './messages.js';
import { handleSync } from './outbox_sync.js';
import { installFirstRelease, tidyUp } from './releases.js';
import { pathOf, worker } from './site.js';

// ---- Life --------------------------------------------------------------------------------------------------------------------

worker.addEventListener('install', (event) => {
  // Without one whole release this worker is not installed; the next visit tries again.
  event.waitUntil(installFirstRelease());
  // Old pages and new ones are served by the same rules, so nothing is gained by waiting.
  worker.skipWaiting();
});

worker.addEventListener('activate', (event) => {
  // The browser asks for pages that are not kept while the worker is starting.
  const preloading = worker.registration.navigationPreload?.enable();
  event.waitUntil(Promise.all([worker.clients.claim(), tidyUp(), preloading]));
});

worker.addEventListener('message', handleMessage);

worker.addEventListener('sync', handleSync);

// ---- Requests ----------------------------------------------------------------------------------------------------------------

const NAMED_BY_CONTENT = /^(assets|bundle)\/.+\.[0-9a-f]{12}\.[a-z]+$/;
const OTHER_FILES = /^[^/]+\.(svg|png|webmanifest)$|^icons\//;

// What is below another blog's path on the same origin is not this worker's: its path here is ''.
/** @type {(request: Request, path: string) => ((asked: Asked) => Promise<Response>) | null} */
function answerFor(request, path) {
  if (request.mode === 'navigate') return answerPage;
  if (path === 'octavo.json') return answerManifest;
  if (NAMED_BY_CONTENT.test(path)) return answerFile;
  if (path.startsWith('media/')) return answerImage;
  return OTHER_FILES.test(path) ? answerOther : null;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const answer = request.method === 'GET' ? answerFor(request, pathOf(url.href) ?? '') : null;
  // What is not answered here, the browser fetches as if there were no worker.
  if (answer !== null) event.respondWith(answer({ event, request, url }));
});
