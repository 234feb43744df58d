// The page's side of the service worker: registers it and puts questions to it.

// Browsers may let an old worker finish before a new one has its turn.
const LONGEST_TURN_MS = 60_000;

// The only address that may become a worker, for sites that require Trusted Types.
function workerUrl(root) {
  const url = new URL('sw.js', root).href;
  const policy = window.trustedTypes?.createPolicy('octavo-worker', {
    createScriptURL(candidate) {
      if (candidate !== url) throw new TypeError(`not the worker: ${candidate}`);
      return candidate;
    },
  });
  return policy ? policy.createScriptURL(url) : url;
}

// Resolves to the registration once its worker is active, or to null where the browser keeps nothing.
export async function registerWorker(root) {
  if (!('serviceWorker' in navigator)) return null;
  try {
    const registration = await navigator.serviceWorker.register(workerUrl(root), { scope: root.pathname, updateViaCache: 'none' });
    return await whenActive(registration);
  } catch (error) {
    console.info('octavo: nothing is kept on this device:', error.message);
    return null;
  }
}

// Resolves to the registration when its newest worker has become active or has failed to; to null when there is none then.
export async function whenActive(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (worker !== null) await whenSettled(worker);
  return registration.active === null ? null : registration;
}

function whenSettled(worker) {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_TURN_MS);
    worker.addEventListener('statechange', () => {
      // Redundant: a file of the release could not be had whole.
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    });
  });
}

// Resolves to the answer (shell/service_worker/messages.js), or {error} when the worker ends before it has one.
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

// Data is saved without being asked for only where it costs nobody anything.
export function isSavingWelcome() {
  const connection = navigator.connection;
  return navigator.onLine && !connection?.saveData && !/2g/.test(connection?.effectiveType ?? '');
}
