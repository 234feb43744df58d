// ./dev bench: sizes, site builds beside Hugo, page loads beside the plain static page, and the comments server under load, in one run.
// Usage: node tests/bench/run.mjs [folder of posts]; without one a known blog of 754 posts, if it is there, and 10,000 generated.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { commentLoad } from './comment_load.mjs';
import { measureLongPost } from './long_post.mjs';
import { measurePage } from './page_load.mjs';
import { compareBuilds, generatedPosts, knownBlog, timed } from './site_builds.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const octavo = path.join(root, 'build/release/octavo');
const work = mkdtempSync(path.join(tmpdir(), 'octavo-bench-'));
process.env.XDG_CACHE_HOME = path.join(work, 'cache');
const RUNS = 5;
const GENERATED = 10_000;

function print(title, rows) {
  console.log(`\n${title}`);
  console.table(rows);
}

function sizes(site) {
  const rows = readdirSync(path.join(site, 'assets')).map((name) => {
    const bytes = readFileSync(path.join(site, 'assets', name));
    return { file: name, raw: bytes.length, brotli: brotliCompressSync(bytes).length };
  });
  // The others are loaded when somebody comes near the comments or opens the page about saved posts.
  const first = rows.filter(({ file }) => !/^(conversation|offline)\./.test(file));
  rows.push({ file: 'first visit', raw: first.reduce((sum, row) => sum + row.raw, 0), brotli: first.reduce((sum, row) => sum + row.brotli, 0) });
  print('Programs, bytes (budget of a first visit: 240 KB in brotli)', rows);
}

// ---- Pages -----------------------------------------------------------------------------------------------------------------

async function pages(site) {
  const rows = [];
  for (const mode of ['static page', 'with the reader']) {
    const result = await measurePage({ octavo, site, runs: RUNS, javaScript: mode !== 'static page' });
    rows.push({ page: `${result.path} (${mode})`, 'first paint ms': result.firstPaint, 'painted by the reader ms': result.readerPaint ?? '–' });
  }
  print('From navigation to paint, software GL, no throttling, medians', rows);
}

try {
  const given = process.argv[2];
  if (given && !existsSync(given)) throw new Error(`there is no ${given}`);
  if (given && !statSync(given).isDirectory()) throw new Error(`${given} is no folder`);
  const sample = path.join(work, 'sample');
  timed(octavo, ['build', path.join(root, 'assets/sample'), '--out', sample, '--no-cache', '--quiet']);
  sizes(sample);
  const blogs = given ? [path.resolve(given)] : [knownBlog(root), generatedPosts(root, work, GENERATED)].filter(Boolean);
  const readerFiles = path.join(root, 'build/web');
  for (const content of blogs) compareBuilds({ octavo, readerFiles, content, work, runs: content.includes('generated') ? 3 : RUNS });
  await pages(sample);
  print('Comments server on loopback, 16 connections (wrk)', await commentLoad());
  print('New lines for a post of a megabyte, 360 wide, medians', await measureLongPost({ octavo, sampleContent: path.join(root, 'assets/sample/content'), work }));
  for (const program of ['bench_core']) {
    const binary = path.join(root, 'build/release', program);
    if (existsSync(binary)) spawnSync(binary, [], { stdio: 'inherit' });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
