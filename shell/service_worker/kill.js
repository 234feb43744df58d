// The worker that takes back all workers: published as sw.js by `octavo build --kill-service-worker` when one does harm. It answers
// nothing, so that every page comes from the network at once, deletes what was kept of the site, and leaves IndexedDB alone, in which
// drafts are. It waits for nothing that a broken worker could hold up.

import { PREFIX, WORK } from './site.js';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(forget());
  // Pages that are open can keep the harmful worker alive and this one waiting; from here on no page is opened with it. Takes effect
  // after the installation, so it cannot be waited for within.
  self.registration.unregister();
});

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([forget(), self.registration.unregister()])));

// Takes the lock away from whoever works on what is kept.
function forget() {
  return navigator.locks.request(WORK, { steal: true }, async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}
