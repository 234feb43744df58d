// Three tabs of one browser write comments on a post through a network that breaks, and are reloaded and closed in between: each
// comment is stored once, those of a tab in order, and no draft that was called kept is lost.
//   OCTAVO_BROWSER_SCHEDULES=300 OCTAVO_SEED=7 node --test tests/browser/three_tabs.spec.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { FAULTS } from './support/fault_proxy.mjs';
import { runSchedule } from './tab_schedules.mjs';

const SCHEDULES = Number(process.env.OCTAVO_BROWSER_SCHEDULES ?? 2);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);

test(`${SCHEDULES} schedules of three tabs lose nothing and double nothing (seed ${SEED})`, { timeout: TEST_TIMEOUT_MS + SCHEDULES * LONGEST_WAIT_MS }, async () => {
  const site = await startCommentSite();
  const browser = await launchChromium();
  const isOfOutbox = ({ method, path }) => method === 'POST' || path.includes('/submissions/');
  // The first one always breaks: how many there are depends on how the tabs come to meet.
  let asked = 0;
  const fault = (request, random) => (isOfOutbox(request) && (++asked === 1 || random(100) < 50) ? FAULTS[random(FAULTS.length)] : null);
  let comments = 0;
  try {
    for (let number = 0; number < SCHEDULES; ++number) {
      comments += await runSchedule(browser, site, number, { seed: SEED + number, fault, stored: () => storedIn(site.data), person: { skipsHours: true } });
    }
    const faults = site.proxy.requests.filter((request) => request.fault !== null).length;
    console.log(`${SCHEDULES} schedules: ${comments} texts stored, ${site.proxy.requests.filter(isOfOutbox).length} requests of outboxes, ${faults} broken`);
    assert.ok(faults > 0 && comments > 0);
  } finally {
    await browser.close();
    await site.stop();
  }
});

// In the order in which they were stored.
async function storedIn(folder) {
  const { stdout } = await promisify(execFile)('sqlite3', ['-json', join(folder, 'comments.db'), 'SELECT source AS text FROM comments ORDER BY number']);
  return JSON.parse(stdout || '[]').map(({ text }) => text);
}
