// ./dev bench: sizes, site builds beside Hugo, page loads beside the plain static page, and the comments server under load, in one run.
// Usage: node tests/bench/run.mjs [folder of posts]; without one the sample's posts are copied under new slugs until there are 750.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { commentLoad } from './comment_load.mjs';
import { measurePage } from './page_load.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const octavo = path.join(root, 'build/release/octavo');
const work = mkdtempSync(path.join(tmpdir(), 'octavo-bench-'));
const RUNS = 5;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Wall time in ms and peak memory in MB of one command.
function timed(command, args) {
  const begin = process.hrtime.bigint();
  const result = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], { encoding: 'utf8' });
  const wall = Number(process.hrtime.bigint() - begin) / 1e6;
  if (result.status !== 0) throw new Error(`${command} failed:\n${result.stderr}`);
  return { wall, peak: Number(result.stderr.trim().split('\n').at(-1)) / 1024 };
}

function print(title, rows) {
  console.log(`\n${title}`);
  console.table(rows);
}

function sizes(site) {
  const rows = readdirSync(path.join(site, 'assets')).map((name) => {
    const bytes = readFileSync(path.join(site, 'assets', name));
    return { file: name, raw: bytes.length, brotli: brotliCompressSync(bytes).length };
  });
  rows.push({ file: 'sum', raw: rows.reduce((sum, row) => sum + row.raw, 0), brotli: rows.reduce((sum, row) => sum + row.brotli, 0) });
  print('First visit, bytes (budget: 220 KB in brotli)', rows);
}

// ---- Building ------------------------------------------------------------------------------------------------------------

function generatedPosts(count) {
  const folder = path.join(work, 'generated');
  mkdirSync(folder);
  const sample = path.join(root, 'assets/sample/content');
  const posts = readdirSync(sample).filter((name) => name.endsWith('.md'));
  for (let i = 0; i < count; ++i) {
    const body = readFileSync(path.join(sample, posts[i % posts.length]), 'utf8').replace(/^(---|\+\+\+)[^]*?\n\1\n|^\{[^]*?\n\}\n/, '');
    const day = new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10);
    writeFileSync(path.join(folder, `post-${i}.md`), `---\ntitle: Post ${i}\ndate: ${day}\ntags: [bench, t${i % 20}]\n---\n${body}`);
  }
  return folder;
}

// A theme of like output: one page a post, a list, a tag page, nothing highlighted.
function hugoSite(content) {
  const site = path.join(work, 'hugo');
  mkdirSync(path.join(site, 'layouts/_default'), { recursive: true });
  cpSync(content, path.join(site, 'content/posts'), { recursive: true });
  writeFileSync(path.join(site, 'config.toml'), 'baseURL = "http://127.0.0.1/"\ntitle = "Bench"\n[markup.highlight]\ncodeFences = false\n');
  writeFileSync(path.join(site, 'layouts/_default/single.html'),
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>');
  writeFileSync(path.join(site, 'layouts/_default/list.html'),
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>{{ range .Pages }}<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Summary }}</p>{{ end }}</body></html>');
  return site;
}

function builds(content) {
  const rows = [];
  const add = (name, command, args, clean) => {
    const runs = [];
    for (let i = 0; i < RUNS; ++i) {
      clean();
      runs.push(timed(command, args));
    }
    rows.push({ builder: name, 'wall ms (median)': Math.round(median(runs.map((run) => run.wall))), 'peak MB': Math.round(Math.max(...runs.map((run) => run.peak))) });
  };
  const out = path.join(work, 'site');
  add('octavo', octavo, ['build', content, '--out', out, '--quiet'], () => rmSync(out, { recursive: true, force: true }));
  if (spawnSync('hugo', ['version']).status === 0) {
    const site = hugoSite(content);
    add('hugo', 'hugo', ['--source', site, '--quiet'], () => rmSync(path.join(site, 'public'), { recursive: true, force: true }));
  } else {
    console.log('hugo is not installed, so nothing to compare the build with');
  }
  const posts = readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md')).length;
  print(`Building ${posts} files from ${path.basename(content)}`, rows);
  return out;
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
  const content = given && statSync(given).isDirectory() ? path.resolve(given) : generatedPosts(750);
  const sample = path.join(work, 'sample');
  timed(octavo, ['build', path.join(root, 'assets/sample'), '--out', sample, '--quiet']);
  sizes(sample);
  builds(content);
  await pages(sample);
  print('Comments server on loopback, 16 connections (wrk)', await commentLoad());
  for (const program of ['bench_core']) {
    const binary = path.join(root, 'build/release', program);
    if (existsSync(binary)) spawnSync(binary, [], { stdio: 'inherit' });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
