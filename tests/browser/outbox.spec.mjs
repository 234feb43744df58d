// Exactly once: many comments through a network that breaks at random, with reloads in between; counted in the server's own database.
//   OCTAVO_SUBMISSIONS=500 OCTAVO_SEED=7 node --test tests/browser/outbox.spec.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { FAULTS } from './support/fault_proxy.mjs';
import { COMMAND } from './support/sample_site.mjs';
import { ConversationPage } from './conversation_page.mjs';

const SUBMISSIONS = Number(process.env.OCTAVO_SUBMISSIONS ?? 15);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
const POSTS = ['reading-a-file', 'small-screens', 'many-scripts'];
const FAULT_SHARE = 0.5;
const RELOAD_SHARE = 0.1;
// Longer than any wait of the outbox.
const LONG_MS = 2 * 3600 * 1000;

// A small generator with a seed (mulberry32), so that a failure can be repeated.
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`${SUBMISSIONS} comments through random cuts are stored once each, in order`, { timeout: TEST_TIMEOUT_MS + SUBMISSIONS * LONGEST_WAIT_MS }, async () => {
  const random = randomFrom(SEED);
  const site = await startCommentSite();
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1000, height: 800 } })).newPage();
    // The browser's own clock goes on, and can be put forward.
    await page.clock.install();
    const conversation = new ConversationPage(page, site.url);
    const isOfOutbox = ({ method, path }) => method === 'POST' || path.includes('/submissions/');
    site.proxy.decide = (request) =>
      isOfOutbox(request) && random() < FAULT_SHARE ? FAULTS[Math.floor(random() * FAULTS.length)] : null;
    for (let i = 0; i < SUBMISSIONS; ++i) {
      const post = POSTS[Math.floor((i * POSTS.length) / SUBMISSIONS)];
      if (i === 0 || !page.url().includes(post) || random() < RELOAD_SHARE) await conversation.openPost(`posts/${post}/`);
      await conversation.write(`Submission ${i}`);
      await conversation.send();
      await conversation.expectStored();
      if (random() < FAULT_SHARE) await page.clock.fastForward(LONG_MS);
    }
    await delivered(conversation);
    const rows = await storedIn(site.data);
    assert.deepEqual(rows.map(({ text }) => text).sort(byNumber), Array.from({ length: SUBMISSIONS }, (_, i) => `Submission ${i}`));
    for (const post of POSTS) {
      const numbers = rows.filter(({ thread }) => thread === post).map(({ text }) => Number(text.split(' ')[1]));
      assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b), `${post} is in the order in which it was written`);
    }
    const faults = site.proxy.requests.filter(({ fault }) => fault !== null).length;
    console.log(`${SUBMISSIONS} comments, ${site.proxy.requests.filter(isOfOutbox).length} requests, ${faults} of them broken (seed ${SEED})`);
    assert.ok(faults > 0);
  } finally {
    await browser.close();
    await site.stop();
  }
});

test('a held comment is followed up, without an account, until its owner has decided', { timeout: TEST_TIMEOUT_MS }, async () => {
  const site = await startCommentSite('moderation = "all"\n');
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.clock.install();
    const conversation = new ConversationPage(page, site.url);
    await conversation.openPost('posts/reading-a-file/');
    await conversation.write('Please approve this');
    await conversation.send();
    await conversation.expectState('Please approve this', /Received. It appears/);
    await page.reload();
    await conversation.goToComments();
    await conversation.expectState('Please approve this', /Received. It appears/);
    const [{ comment }] = (await conversation.kept()).records;
    await promisify(execFile)(COMMAND, ['comments', 'approve', site.data, comment]);
    await page.clock.fastForward(61_000);
    await conversation.expectAnnounced('Published.');
    await conversation.comment('Please approve this').getByRole('button', { name: /^Reply to/ }).waitFor();
  } finally {
    await browser.close();
    await site.stop();
  }
});

const byNumber = (a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]);

// Puts the clock forward until nothing waits any more.
async function delivered(conversation) {
  for (;;) {
    const { records } = await conversation.kept();
    const waiting = records.filter(({ state }) => state !== 'published');
    const refused = waiting.filter(({ state }) => ['refused', 'asking', 'held'].includes(state));
    assert.deepEqual(refused, []);
    if (waiting.length === 0) return;
    await conversation.page.clock.fastForward(LONG_MS);
    await conversation.settle();
  }
}

// In the order in which they were stored.
async function storedIn(folder) {
  const query = 'SELECT thread, source AS text FROM comments ORDER BY number';
  const { stdout } = await promisify(execFile)('sqlite3', ['-json', join(folder, 'comments.db'), query]);
  return JSON.parse(stdout || '[]');
}
