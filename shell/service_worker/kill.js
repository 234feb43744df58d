// The worker that removes all workers. It is published as sw.js by `octavo build --kill-service-worker` when one does harm. It answers
// no request, so every page comes from the network at once. It deletes what was kept of the site, but not IndexedDB, which has the
// drafts. It waits for nothing that a broken worker could delay.

import { PREFIX, WORK, worker } from './site.js';

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(forget());
  // Pages that are open can keep the harmful worker alive and this one waiting; from here on no page is opened with it. Takes effect
  // after the installation, so it cannot be waited for within.
  worker.registration.unregister();
});

worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([forget(), worker.registration.unregister()])));

// Takes the lock away from whoever works on what is kept.
/** @type {() => Promise<void>} */
function forget() {
  return navigator.locks.request(WORK, { steal: true }, async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}
