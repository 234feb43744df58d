// The service worker: which event leads where. What is kept is decided in releases.js and saved_posts.js, how requests are answered
// in answers.js. Nothing that matters is held in variables, since browsers end and start the worker as they like.

import { enable as enableNavigationPreload } from 'workbox-navigation-preload';
import { registerRoute } from 'workbox-routing';
import { answerFile, answerManifest, answerOther, answerPage, answerImage } from './answers.js';
import { handleMessage } from './messages.js';
import { handleSync } from './outbox_sync.js';
import { installFirst, tidyUp } from './releases.js';
import { pathOf } from './site.js';

// ---- Life --------------------------------------------------------------------------------------------------------------------

self.addEventListener('install', (event) => {
  // Without one whole release this worker is not installed; the next visit tries again.
  event.waitUntil(installFirst());
  // Old pages and new ones are served by the same rules, so nothing is gained by waiting.
  self.skipWaiting();
});

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), tidyUp()])));

// Pages that are not kept are asked for while the worker is starting.
enableNavigationPreload();

self.addEventListener('message', handleMessage);

self.addEventListener('sync', handleSync);

// ---- Requests ----------------------------------------------------------------------------------------------------------------

const NAMED_BY_CONTENT = /^(assets|bundle)\/.+\.[0-9a-f]{12}\.[a-z]+$/;
const OTHER_FILES = /^[^/]+\.(svg|png|webmanifest)$|^icons\//;

// What lies below another blog's path on the same origin is not this worker's.
const below = ({ url }) => pathOf(url.href) ?? '';

registerRoute(({ request }) => request.mode === 'navigate', answerPage);
registerRoute((match) => below(match) === 'octavo.json', answerManifest);
registerRoute((match) => NAMED_BY_CONTENT.test(below(match)), answerFile);
registerRoute((match) => below(match).startsWith('media/'), answerImage);
registerRoute((match) => OTHER_FILES.test(below(match)), answerOther);
