// Building whole sites beside Hugo, in one run on one machine: from nothing, and again after one post was touched.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LIST_PAGE = 20; // as kPostsPerListPage

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Wall time in ms and peak memory in MB of one command.
export function timed(command, args) {
  const begin = process.hrtime.bigint();
  const result = spawnSync('/usr/bin/time', ['-f', '%M %U %S', command, ...args], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const wall = Number(process.hrtime.bigint() - begin) / 1e6;
  if (result.status !== 0) throw new Error(`${command} failed:\n${result.stderr}`);
  const [peak, user, system] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, peak: peak / 1024, cpu: (user + system) * 1000 };
}

// `count` posts of the sample's texts under new names.
export function generatedPosts(root, work, count) {
  const folder = path.join(work, `generated-${count}`);
  mkdirSync(folder);
  const sample = path.join(root, 'assets/sample/content');
  const names = readdirSync(sample).filter((name) => name.endsWith('.md'));
  const bodies = names.map((name) => readFileSync(path.join(sample, name), 'utf8').replace(/^(---|\+\+\+)[^]*?\n\1\n|^\{[^]*?\n\}\n/, ''));
  for (let i = 0; i < count; ++i) {
    const day = new Date(Date.UTC(1998, 0, 1 + i)).toISOString().slice(0, 10);
    const text = `---\ntitle: Post ${i}\ndate: ${day}\ntags: [bench, t${i % 20}]\n---\n${bodies[i % bodies.length]}`;
    writeFileSync(path.join(folder, `post-${i}.md`), text);
  }
  return folder;
}

// A theme with at least what our pages have: metadata, lists in pages, tags; nothing highlighted. Feeds and sitemap are Hugo's
// own. It writes no bundle, so fewer files.
function hugoSite(content, work) {
  const site = path.join(work, 'hugo');
  rmSync(site, { recursive: true, force: true });
  mkdirSync(path.join(site, 'layouts/_default'), { recursive: true });
  cpSync(content, path.join(site, 'content/posts'), { recursive: true });
  writeFileSync(
    path.join(site, 'config.toml'),
    `baseURL = "http://127.0.0.1/"\ntitle = "Bench"\npaginate = ${LIST_PAGE}\n[markup.highlight]\ncodeFences = false\n[markup.goldmark.renderer]\nunsafe = true\n`,
  );
  const head =
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Summary | plainify }}"><link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}"></head><body>';
  const tags = '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}';
  writeFileSync(path.join(site, 'layouts/_default/single.html'), `${head}<main><h1>{{ .Title }}</h1>{{ .Content }}${tags}</main></body></html>`);
  writeFileSync(
    path.join(site, 'layouts/_default/list.html'),
    `${head}{{ range (.Paginate .Pages).Pages }}<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Summary }}</p>{{ end }}</body></html>`,
  );
  return site;
}

function written(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { path: place, parentPath, name }) => sum + statSync(path.join(parentPath ?? place, name)).size, 0);
  return { files: files.length, MB: Math.round(bytes / 1e6) };
}

function firstPost(folder) {
  const name = readdirSync(folder, { recursive: true }).sort().find((each) => each.endsWith('.md') && !each.endsWith('_index.md'));
  return path.join(folder, name);
}

// One table: each builder from scratch (`runs` times), and after a sentence was added to one post.
export function compareBuilds({ octavo, readerFiles, content, work, runs }) {
  const source = path.join(work, 'source');
  rmSync(source, { recursive: true, force: true });
  cpSync(content, source, { recursive: true });
  const out = path.join(work, 'out');
  const builders = [['octavo', source, out, octavo, ['build', source, '--out', out, '--reader-files', readerFiles, '--quiet']]];
  if (spawnSync('hugo', ['version']).status === 0) {
    const site = hugoSite(content, work);
    builders.push(['hugo', site, path.join(site, 'public'), 'hugo', ['--source', site, '--quiet']]);
  } else {
    console.log('hugo is not installed, so there is nothing to compare the build with');
  }
  const rows = [];
  for (const [name, folder, output, command, args] of builders) {
    const add = (kind, before) => {
      const results = Array.from({ length: runs }, () => {
        before();
        return timed(command, args);
      });
      rows.push({
        build: `${name}, ${kind}`,
        'wall ms (median)': Math.round(median(results.map(({ wall }) => wall))),
        'CPU ms (median)': Math.round(median(results.map(({ cpu }) => cpu))),
        'peak MB': Math.round(Math.max(...results.map(({ peak }) => peak))),
        ...written(output),
      });
    };
    add('from nothing', () => [output, process.env.XDG_CACHE_HOME].forEach((place) => rmSync(place, { recursive: true, force: true })));
    add('one post touched', () => appendFileSync(firstPost(folder), '\nOne more sentence.\n'));
    rmSync(output, { recursive: true, force: true });
  }
  const posts = readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md')).length;
  console.log(`\nBuilding ${posts} Markdown files from ${path.basename(content)}, ${runs} runs`);
  console.table(rows);
}

// The blog that is measured if it is there: 754 posts.
export function knownBlog(root) {
  return ['../shared/data/rust-blog', '../../shared/data/rust-blog'].map((place) => path.resolve(root, place)).find(existsSync);
}
