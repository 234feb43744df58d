// Lighthouse on pages of the sample blog, throttled as its mobile profile: node tests/browser/lighthouse.mjs [PATH]...
// Says the four scores of each page and what keeps a score below 100; fails by those that no clock decides: accessibility, best
// practices, SEO. By hand, ./dev test --lighthouse: a busy machine makes any page slow.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { poll } from './support/bounds.mjs';
import { CHROMIUM, FLAGS } from './support/chromium.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const paths = process.argv.length > 2 ? process.argv.slice(2) : ['posts/hope-and-stem-cells/', ''];
const profile = await mkdtemp(join(tmpdir(), 'octavo-lighthouse-'));
const site = await startSampleSite();
const browser = spawn(CHROMIUM, [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' });
try {
  const port = await debuggingPort();
  const options = { port, output: 'json', logLevel: 'error' };
  // A browser that has just been started is busy with itself, and the first page suffers from that, whichever it is: 83 to 91 for speed
  // where the same page has 100 as the second one.
  await lighthouse(new URL(paths[0], site.url).href, { ...options, onlyCategories: ['seo'] });
  for (const path of paths) {
    const { lhr } = await lighthouse(new URL(path, site.url).href, options);
    console.log(`${path || 'list'}: ${Object.values(lhr.categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`).join(', ')}`);
    if (Object.values(lhr.categories).some(({ id, score }) => id !== 'performance' && score < 1)) process.exitCode = 1;
    for (const line of [...shortcomings(lhr), ...longestTasks(lhr)]) console.log(`  ${line}`);
  }
} finally {
  const ended = new Promise((resolve) => browser.once('exit', resolve));
  browser.kill();
  await ended;
  await site.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function debuggingPort() {
  return Number(await poll(async () => (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).match(/^(\d+)\n/)?.[1], 'the browser has a port'));
}

// Audits that count and are not at their best, and the figures that the speed is computed from.
function shortcomings(lhr) {
  const lines = [];
  for (const { title, auditRefs } of Object.values(lhr.categories)) {
    for (const { id, weight } of auditRefs) {
      const { score, displayValue = '', title: name } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 1) lines.push(`${title}, ${name}: ${Math.round(score * 100)} ${displayValue}`);
    }
  }
  return lines;
}

// What keeps the main thread busy, scaled to a slow phone's processor.
function longestTasks(lhr) {
  const tasks = lhr.audits['long-tasks'].details?.items ?? [];
  return tasks.slice(0, 6).map(({ url, duration, startTime }) => `task of ${Math.round(duration)} ms at ${Math.round(startTime)} ms: ${url.split('/').at(-1)}`);
}
