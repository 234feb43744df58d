// Background Sync, where browsers have it: comments that wait for the network are sent even when no page of the blog is open. The
// worker runs the pages' own program over their own store. It holds the lock that one window at a time sends with, so nothing is sent twice.

/** @import { KeyValueStore } from '../conversation/storage.d.ts' */
/** @import { ConversationEffect, ConversationEvent, RecordToStore } from '../conversation/messages.d.ts' */
/** @import { SyncEvent } from './sync_event.d.ts' */

import { OUTBOX_PENDING_STATES } from '#constants';
import { callEngine } from '../conversation/engine_call.js';
import { loadProgram } from '../conversation/program.js';
import { SYNC_TAG, withOutboxLock } from '../conversation/outbox_lock.js';
import { ConversationStore } from '../conversation/store.js';
import { currentRelease, filesOf } from './releases.js';
import { FILES, PREFIX, absolute } from './site.js';

// The worker saves no drafts.
const NO_WINDOW = '';
const WAITING = new Set(OUTBOX_PENDING_STATES);
// A worker has no localStorage. What pages keep there follows when the next one looks into the store.
/** @type {KeyValueStore} */
const NOTHING_REMEMBERED = { get: () => '', set: () => {} };

/** @type {(event: SyncEvent) => void} */
export function handleSync(event) {
  if (event.tag === SYNC_TAG) event.waitUntil(sendWaiting());
}

// Rejects while something still waits; then the browser tries again later.
async function sendWaiting() {
  const store = await ConversationStore.open(PREFIX, NOTHING_REMEMBERED);
  try {
    if (await isAnyWaiting(store)) await withOutboxLock(PREFIX, (notifyOtherWindows) => send(store, notifyOtherWindows));
    if (await isAnyWaiting(store)) throw new Error('comments are still waiting');
  } finally {
    store.close();
  }
}

/** @type {(store: ConversationStore) => Promise<boolean>} */
async function isAnyWaiting(store) {
  return (await store.records()).some((record) => WAITING.has(JSON.parse(record).state));
}

/** @type {(store: ConversationStore, notifyOtherWindows: () => void) => Promise<void>} */
async function send(store, notifyOtherWindows) {
  const program = await loadProgram(await programFile(), cannotParse);
  /** @type {Promise<void>[]} */
  const tasks = [];
  /** @type {(event: ConversationEvent) => void} */
  const handle = (event) => {
    for (const effect of program.handle({ ...event, now: Math.floor(Date.now() / 1000) })) perform(effect);
  };
  /** @type {(effect: ConversationEffect) => void} */
  const perform = (effect) => {
    if (effect.type === 'call') tasks.push(callEngine(effect).then((answer) => handle({ type: 'answered', call: effect.call, ...answer })));
    if (effect.type === 'store') tasks.push(keep(effect));
    if (effect.type === 'forget') tasks.push(store.forgetRecord(effect.key).then(notifyOtherWindows));
  };
  /** @type {(effect: RecordToStore) => Promise<void>} */
  const keep = async (effect) => {
    const outcome = await store.keepRecord(effect, NO_WINDOW);
    if (outcome === 'stored') notifyOtherWindows();
    handle({ type: 'stored', ticket: effect.ticket, outcome: outcome === 'changed' ? 'stored' : outcome });
  };
  handle({ type: 'open', records: await store.records() });
  handle({ type: 'sending' });
  handle({ type: 'online' }); // or the browser would not have asked
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task;
}

// As the release has it: a worker's own requests do not pass through the worker.
/** @type {() => Promise<Response>} */
async function programFile() {
  const release = await currentRelease();
  const url = release && filesOf(release).find((file) => /^assets\/conversation\..*\.wasm$/.test(file.url))?.url;
  if (!url) throw new Error('this release has no program for comments');
  return (await (await caches.open(FILES)).match(absolute(url))) ?? fetch(absolute(url));
}

// Workers have no parser of HTML. Where a comment or an engine's answer needs one, the program stops here before anything follows from
// it, and a page goes on from what is in the store.
/** @type {() => never} */
function cannotParse() {
  throw new Error('HTML is left to a page');
}
