// What pages ask of the worker: a message {type, ...} with a port, on which the answer goes back. A failure is answered as {error}.

import { findPosts, pinPost, unpinPost } from './pinned_images.js';
import { rowOf } from './release_index.js';
import { checkForRelease, currentRelease, tidyUp } from './releases.js';
import { fetchPost, forgetFailures, removeSaved, saveNext, savedStatus } from './saved_posts.js';
import { isReplaced } from './site.js';

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

export function handleMessage(event) {
  const handler = Object.hasOwn(HANDLERS, event.data?.type) ? HANDLERS[event.data.type] : null;
  const [port] = event.ports;
  if (handler === null || port === undefined) return;
  event.waitUntil(answerTo(handler, event.data).then((result) => port.postMessage(result)));
}

async function answerTo(handler, message) {
  if (isReplaced()) return { error: 'replaced' };
  try {
    return await handler(message);
  } catch (error) {
    return { error: error.reason ?? error.name, path: error.path ?? '' };
  }
}

// A page made by another build looks different; so does a post whose file has changed, of which its page is made. Lists show
// what is new in any release.
async function differs({ path, buildId }, staged) {
  if (buildId !== staged.manifest.build_id || !path.startsWith('posts/')) return true;
  const current = await currentRelease();
  return current === null || (await rowOf(current, path))?.body.url !== (await rowOf(staged, path))?.body.url;
}
