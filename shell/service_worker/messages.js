// What pages ask of the worker: a message {type, ...} with a port, on which the answer goes back. A failure is answered as {error}.

/** @import { WorkerAnswer, WorkerRequest } from '../site/worker_messages.d.ts' */
/** @import { Release } from './release.d.ts' */
/** @typedef {{ [R in WorkerRequest as R['type']]: (request: R) => Promise<WorkerAnswer> }} Handlers */

import { FileProblem } from './checked_fetch.js';
import { findPosts, pinPost, unpinPost } from './pinned_images.js';
import { rowOf } from './release_index.js';
import { checkForRelease, currentRelease, tidyUp } from './releases.js';
import { fetchPost, forgetFailures, removeSaved, saveNext, savedStatus } from './saved_posts.js';
import { isReplaced } from './site.js';
import { nameOf } from '../site/errors.js';

/** @type {Handlers} */
const HANDLERS = {
  // Is there a newer release, and would `page` ({path, buildId}) look different in it?
  async check({ page }) {
    const staged = await checkForRelease();
    return { update: staged !== null && (await differs(page, staged)) };
  },
  async status() {
    return savedStatus();
  },
  // One piece; `more` says whether there may be another one.
  async save({ extent }) {
    const more = await saveNext(extent);
    return { more };
  },
  async retry() {
    forgetFailures();
    return {};
  },
  async remove() {
    await removeSaved();
    return {};
  },
  async posts({ query }) {
    return findPosts(query);
  },
  async fetch_ahead({ path }) {
    await fetchPost(path);
    return {};
  },
  async tidy() {
    await tidyUp();
    return {};
  },
  async pin({ slug }) {
    return pinPost(slug);
  },
  async unpin({ slug }) {
    await unpinPost(slug);
    return {};
  },
};

/** @type {(event: ExtendableMessageEvent) => void} */
export function handleMessage(event) {
  const [port] = event.ports;
  if (!isRequest(event.data) || port === undefined) return;
  event.waitUntil(answerTo(event.data).then((result) => port.postMessage(result)));
}

/** @type {(data: unknown) => data is WorkerRequest} */
function isRequest(data) {
  return typeof data === 'object' && data !== null && 'type' in data && Object.hasOwn(HANDLERS, String(data.type));
}

/** @type {(request: WorkerRequest) => Promise<WorkerAnswer>} */
async function answerTo(request) {
  if (isReplaced()) return { error: 'replaced' };
  try {
    const handle = /** @type {(request: WorkerRequest) => Promise<WorkerAnswer>} */ (HANDLERS[request.type]);
    return await handle(request);
  } catch (error) {
    return error instanceof FileProblem ? { error: error.reason, path: error.path } : { error: nameOf(error) };
  }
}

// A page made by another build looks different; so does a post whose file has changed, of which its page is made. Lists show
// what is new in any release.
/** @type {(page: { path: string, buildId: string }, staged: Release) => Promise<boolean>} */
async function differs({ path, buildId }, staged) {
  if (buildId !== staged.manifest.build_id || !path.startsWith('posts/')) return true;
  const current = await currentRelease();
  return current === null || (await rowOf(current, path))?.body.url !== (await rowOf(staged, path))?.body.url;
}
