// Background Sync, where browsers have it: comments that wait for the network go out although no page of the blog is open. It is the
// pages' own program over their own store, under the lock that one window at a time sends with, so nothing is sent twice.

import { callEngine } from '../conversation/engine_call.js';
import { loadProgram } from '../conversation/program.js';
import { SYNC_TAG, takeTurnSoon } from '../conversation/outbox_lock.js';
import { ConversationStore } from '../conversation/store.js';
import { currentRelease, filesOf } from './releases.js';
import { FILES, PREFIX, absolute } from './site.js';

// As the names in src/core/comments/outbox_record.cpp: what has not arrived for certain.
const WAITING = new Set(['queued', 'sending', 'unsure']);
// A worker has no localStorage. What pages keep there follows when the next one looks into the store.
const NOTHING_REMEMBERED = { get: () => '', set() {} };

export function handleSync(event) {
  if (event.tag === SYNC_TAG) event.waitUntil(sendWaiting());
}

// Rejects while something still waits; then the browser tries again later.
async function sendWaiting() {
  const store = await ConversationStore.open(PREFIX, NOTHING_REMEMBERED);
  try {
    if (await isAnyWaiting(store)) await takeTurnSoon(PREFIX, (tellOthers) => send(store, tellOthers));
    if (await isAnyWaiting(store)) throw new Error('comments are still waiting');
  } finally {
    store.close();
  }
}

async function isAnyWaiting(store) {
  return (await store.records()).some((record) => WAITING.has(JSON.parse(record).state));
}

async function send(store, tellOthers) {
  const program = await loadProgram(await programFile(), cannotParse);
  const tasks = [];
  const handle = (event) => {
    for (const effect of program.handle({ ...event, now: Math.floor(Date.now() / 1000) })) perform(effect);
  };
  const perform = (effect) => {
    if (effect.type === 'call') tasks.push(callEngine(effect).then((answer) => handle({ type: 'answered', call: effect.call, ...answer })));
    if (effect.type === 'store') tasks.push(keep(effect));
    if (effect.type === 'forget') tasks.push(store.forgetRecord(effect.key).then(tellOthers));
  };
  const keep = async ({ ticket, key, record, slot }) => {
    const ok = await store.keepRecord(key, record, slot);
    if (ok) tellOthers();
    handle({ type: 'stored', ticket, ok });
  };
  handle({ type: 'open', records: await store.records() });
  handle({ type: 'sending' });
  handle({ type: 'online' }); // or the browser would not have asked
  while (tasks.length > 0) await tasks.shift();
}

// As the release has it: a worker's own requests do not pass through the worker.
async function programFile() {
  const release = await currentRelease();
  const url = release && filesOf(release).find((file) => /^assets\/conversation\..*\.wasm$/.test(file.url))?.url;
  if (!url) throw new Error('this release has no program for comments');
  return (await (await caches.open(FILES)).match(absolute(url))) ?? fetch(absolute(url));
}

// Workers have no parser of HTML. Where a comment or an engine's answer needs one, the program stops here before anything follows from
// it, and a page goes on from what is in the store.
function cannotParse() {
  throw new Error('HTML is left to a page');
}
