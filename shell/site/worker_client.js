// The page's side of the service worker: registers it and sends it requests.

/** @import { WorkerAnswer, WorkerRequest } from './worker_messages.d.ts' */

import { messageOf } from './errors.js';

// Browsers may let an old worker finish before they activate a new one.
const MAX_ACTIVATION_MS = 60_000;

// The only address that may become a worker, for sites that require Trusted Types.
/** @type {(root: URL) => string} */
function workerUrl(root) {
  const url = new URL('sw.js', root).href;
  const policy = globalThis.trustedTypes?.createPolicy('octavo-worker', {
    createScriptURL(candidate) {
      if (candidate !== url) throw new TypeError(`not the worker: ${candidate}`);
      return candidate;
    },
  });
  return policy ? policy.createScriptURL(url) : url;
}

// Resolves to the registration once its worker is active, or to null where the browser keeps nothing.
/** @type {(root: URL) => Promise<ServiceWorkerRegistration | null>} */
export async function registerWorker(root) {
  if (!('serviceWorker' in navigator)) return null;
  try {
    const registration = await navigator.serviceWorker.register(workerUrl(root), { scope: root.pathname, updateViaCache: 'none' });
    return await whenActive(registration);
  } catch (error) {
    console.info('octavo: nothing is kept on this device:', messageOf(error));
    return null;
  }
}

// Waits until the newest worker has become active or has failed. Resolves to the registration, or to null when no worker is active.
/** @type {(registration: ServiceWorkerRegistration) => Promise<ServiceWorkerRegistration | null>} */
export async function whenActive(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (worker !== null) await whenSettled(worker);
  return registration.active === null ? null : registration;
}

/** @type {(worker: ServiceWorker) => Promise<void>} */
function whenSettled(worker) {
  return new Promise((resolve) => {
    setTimeout(resolve, MAX_ACTIVATION_MS);
    worker.addEventListener('statechange', () => {
      // Redundant: the worker could not get every file of the release.
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    });
  });
}

// Resolves to the answer (shell/service_worker/messages.js), or to {error} when the worker ends before it answers.
/** @type {(registration: ServiceWorkerRegistration, message: WorkerRequest, patienceMs?: number) => Promise<WorkerAnswer>} */
export function ask(registration, message, patienceMs = 120_000) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(resolve, patienceMs, { error: 'no answer' });
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      resolve(data);
    };
    registration.active?.postMessage(message, [port2]);
  });
}

// Text is saved unasked only where that costs nothing.
/** @type {() => boolean} */
export function mayLoadAhead() {
  const connection = navigator.connection;
  return navigator.onLine && !connection?.saveData && !/2g/.test(connection?.effectiveType ?? '');
}
