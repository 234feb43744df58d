// The browser is killed while somebody writes: what the form has called kept is there when the browser comes back.
//   OCTAVO_KILLS=50 node --test tests/browser/kill.spec.mjs
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromiumWithProfile } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { ConversationPage } from './conversation_page.mjs';

const KILLS = Number(process.env.OCTAVO_KILLS ?? 3);
const KEYS_A_SECOND = 10;
const PATH = 'posts/reading-a-file/';

test(`${KILLS} kills while writing lose nothing that was called kept`, { timeout: TEST_TIMEOUT_MS + KILLS * LONGEST_WAIT_MS }, async () => {
  const site = await startCommentSite();
  const losses = [];
  try {
    for (let run = 0; run < KILLS; ++run) losses.push(await killWhileTyping(site, run));
  } finally {
    await site.stop();
  }
  const worst = Math.max(...losses.map(({ ms }) => ms));
  console.log(`${KILLS} kills: at most ${worst} ms of typing lost, ${losses.reduce((sum, { keys }) => sum + keys, 0)} keys in all`);
});

// Returns what was lost: the keys after the last one that is there again, and how long before the kill the first of them was pressed.
async function killWhileTyping(site, run) {
  const profile = await mkdtemp(join(tmpdir(), 'octavo-profile-'));
  try {
    const text = `Run ${run}: ${'the quick brown fox jumps over the lazy dog '.repeat(4)}`;
    const killAfter = 12 + ((run * 37) % 90);
    const { pressed, kept, killed } = await typeAndKill(site, profile, text, killAfter);
    const context = await launchChromiumWithProfile(profile);
    const conversation = new ConversationPage(await context.newPage(), site.url);
    await conversation.openPost(PATH);
    const draft = await conversation.draft();
    await context.close();
    assert.ok(text.startsWith(draft.text), `“${draft.text}” is no beginning of what was typed`);
    assert.ok(draft.text.length >= kept, `${draft.text.length} of ${kept} characters that were kept are there`);
    assert.ok(Math.abs(draft.caret[0] - draft.text.length) <= 1, `the caret is at ${draft.caret}`);
    const lost = pressed.slice(draft.text.length);
    return { keys: lost.length, ms: lost.length > 0 ? Math.round(killed - lost[0]) : 0 };
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

async function typeAndKill(site, profile, text, killAfter) {
  const context = await launchChromiumWithProfile(profile);
  const page = await context.newPage();
  const conversation = new ConversationPage(page, site.url);
  await conversation.openPost(PATH);
  await conversation.field('Comment').focus();
  const pressed = [];
  for (const letter of text.slice(0, killAfter)) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 1000 / KEYS_A_SECOND });
    pressed.push(performance.now());
  }
  const kept = await page.evaluate(() => {
    const isKept = document.querySelector('.field-note').textContent.includes('draft kept');
    return isKept ? document.querySelector('.composer textarea').value.length : 0;
  });
  const killed = performance.now();
  await killAll(profile);
  await context.close().catch(() => {});
  return { pressed, kept, killed };
}

// All processes of the browser with this profile, at once.
async function killAll(profile) {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(profile) && Number(pid) !== process.pid) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended in the meantime.
      }
    }
  }
}
