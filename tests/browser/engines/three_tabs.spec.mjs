// The schedules of three_tabs.spec.mjs with a real WordPress or Isso, whichever with_wordpress.sh or with_isso.sh has started.
//   OCTAVO_BROWSER_SCHEDULES=100 tests/support/with_isso.sh node --test tests/browser/engines/three_tabs.spec.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from '../support/bounds.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { startEngineSite } from '../support/engine_site.mjs';
import { FAULTS } from '../support/fault_proxy.mjs';
import { runSchedule } from '../tab_schedules.mjs';

const { OCTAVO_WORDPRESS: WORDPRESS, OCTAVO_ISSO: ISSO } = process.env;
const SCHEDULES = Number(process.env.OCTAVO_BROWSER_SCHEDULES ?? 5);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);

const ENGINES = {
  WordPress: {
    isHere: WORDPRESS !== undefined,
    email: 'ann@mail.example',
    start: async () => {
      const [{ id }] = await (await fetch(`${WORDPRESS}/wp-json/wp/v2/posts?slug=open`)).json();
      return startEngineSite({ settings: (proxy) => `engine = "wordpress"\nendpoint = "${proxy.url}wp-json/"\n`, target: WORDPRESS, ids: { 'reading-a-file': id } });
    },
    stored: async () => {
      const options = [`--socket=${process.env.OCTAVO_WORDPRESS_SOCKET}`, '--user=root', '-N', '-B', 'wordpress'];
      const { stdout } = await promisify(execFile)('mariadb', [...options, '-e', 'SELECT comment_content FROM wp_comments ORDER BY comment_ID'], { maxBuffer: 1 << 26 });
      return stdout.split('\n');
    },
  },
  Isso: {
    isHere: ISSO !== undefined,
    start: () => startEngineSite({ settings: (proxy) => `engine = "isso"\nendpoint = "${proxy.url}"\n`, target: ISSO, port: process.env.OCTAVO_BLOG_PORT }),
    stored: async () => {
      const response = await fetch(`${ISSO}/?uri=/posts/reading-a-file/&plain=1`);
      if (response.status === 404) return [];
      return (await response.json()).replies.sort((a, b) => a.id - b.id).map(({ text }) => text);
    },
  },
};

const [name, engine] = Object.entries(ENGINES).find(([, { isHere }]) => isHere) ?? [];
if (engine === undefined) throw new Error('run this with tests/support/with_wordpress.sh or with_isso.sh');

test(`${name}: ${SCHEDULES} schedules of three tabs lose nothing and double nothing (seed ${SEED})`, { timeout: TEST_TIMEOUT_MS + SCHEDULES * LONGEST_WAIT_MS }, async () => {
  const site = await engine.start();
  const browser = await launchChromium();
  // Never two in a row: the hours of the engine cannot be skipped, and waits get longer with each fault.
  let wasBroken = false;
  const fault = ({ method }, random) => {
    if (method !== 'POST') return null;
    wasBroken = !wasBroken && random(3) > 0;
    return wasBroken ? FAULTS[random(FAULTS.length)] : null;
  };
  let comments = 0;
  try {
    for (let number = 0; number < SCHEDULES; ++number) {
      comments += await runSchedule(browser, site, number, { seed: SEED + number, fault, stored: engine.stored, person: { email: engine.email } });
    }
    const faults = site.proxy.requests.filter((request) => request.fault !== null).length;
    console.log(`${name}: ${SCHEDULES} schedules, ${comments} texts stored, ${faults} requests broken`);
    assert.ok(faults > 0 && comments > 0);
  } finally {
    await browser.close();
    await site.stop();
  }
});
