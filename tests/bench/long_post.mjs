// New lines for a post of a megabyte, as when a phone is turned: the reader's optimum, hyphenated lines beside those of the
// browser, which lays out the static page with text-wrap: pretty and hyphens: auto.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { FLAGS, median, serve } from './page_load.mjs';

const BYTES = 1_000_000;
const WIDTHS = [360, 361, 362, 363, 364, 365]; // each one is new
const BROWSERS_BEST = 'p, li { text-wrap: pretty; hyphens: auto }';

// The prose of the sample, repeated and numbered, so that no two paragraphs are alike.
function longPost(sampleContent) {
  const body = readFileSync(path.join(sampleContent, 'small-screens.md'), 'utf8').replace(/^\{[^]*?\n\}\n/, '').replace(/^!\[[^]*?\)$/gm, '');
  let text = '---\ntitle: Long\ndate: 2020-01-01\n---\n';
  for (let i = 1; text.length < BYTES; ++i) text += body.replace(/^(?=[A-Z])/gm, `${i} `);
  return text;
}

function buildSite(octavo, sampleContent, work) {
  const content = path.join(work, 'long');
  mkdirSync(path.join(content, 'content'), { recursive: true });
  writeFileSync(path.join(content, 'octavo.toml'), 'title = "Long"\nlanguage = "en"\nhome_page_url = "http://127.0.0.1/"\n');
  writeFileSync(path.join(content, 'content/long.md'), longPost(sampleContent));
  const site = path.join(work, 'long-site');
  const built = spawnSync(octavo, ['build', content, '--out', site, '--quiet'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`octavo build failed:\n${built.stderr}`);
  return site;
}

// Milliseconds of the main thread's work as the browser counts it: all of it, and two parts.
async function workDone(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return { all: value('TaskDuration'), script: value('ScriptDuration'), layout: value('LayoutDuration') };
}

// The reader sets new lines in the frame that follows the change, and paints them in it.
async function measureWidths(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const runs = [];
  for (const width of WIDTHS) {
    const before = await workDone(session);
    await page.setViewportSize({ width, height: 740 });
    await page.waitForFunction((wanted) => window.innerWidth === wanted && document.documentElement.offsetHeight > 0, width);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const after = await workDone(session);
    runs.push(Object.fromEntries(Object.keys(after).map((part) => [part, after[part] - before[part]])));
  }
  const of = (part) => Math.round(median(runs.slice(1).map((run) => run[part])));
  return { 'main thread ms': of('all'), 'of it script and program': of('script'), 'of it browser layout': of('layout') };
}

export async function measureLongPost({ octavo, sampleContent, work: folder }) {
  const server = await serve(octavo, buildSite(octavo, sampleContent, folder));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  const rows = [];
  try {
    for (const [name, isReader, style] of [['static page, the browser as it is', false, ''], ['static page, pretty and hyphens: auto', false, BROWSERS_BEST], ['the reader', true, '']]) {
      const context = await browser.newContext({ viewport: { width: 390, height: 740 }, deviceScaleFactor: 2, bypassCSP: true });
      const page = await context.newPage();
      if (!isReader) await page.route('**/*.js', (route) => route.abort());
      await page.goto(new URL('posts/long/', server.address).href, { timeout: 120_000 });
      if (isReader) await page.waitForFunction(() => performance.getEntriesByName('octavo-painted').length > 0, null, { timeout: 120_000 });
      if (style) await page.addStyleTag({ content: style });
      rows.push({ page: name, ...(await measureWidths(page)) });
      await context.close();
    }
    return rows;
  } finally {
    await browser.close();
    server.stop();
  }
}
