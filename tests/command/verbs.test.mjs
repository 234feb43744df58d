// The verbs as people and scripts call them: help, exit codes, quiet and JSON modes, and what `octavo new` begins.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');
const NOW = ['--now', '2026-11-23T12:00:00Z'];

let work;
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'octavo-verbs-'));
  process.env.XDG_CACHE_HOME = join(work, 'cache');
});
after(() => rm(work, { recursive: true, force: true }));

function octavo(...args) {
  return new Promise((resolve) => {
    execFile(COMMAND, args, { cwd: work }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
}

const VERBS = [
  ['build'], ['import'], ['check'], ['serve'], ['render'], ['new', 'site'], ['new', 'post'],
  ...['list', 'approve', 'reject', 'delete', 'close', 'open', 'import', 'export'].map((verb) => ['comments', verb]),
];
for (const verb of VERBS) {
  test(`octavo ${verb.join(' ')} --help`, async () => {
    const { code, stdout } = await octavo(...verb, '--help');
    assert.equal(code, 0);
    assert.match(stdout, /Usage: /);
    assert.match(stdout, /--quiet/);
    assert.match(stdout, /--json/);
  });
}

test('wrong usage is 2 and says what is right', async () => {
  for (const args of [[], ['bild'], ['build'], ['build', '--out'], ['check', '--quiet', '--json'], ['serve', '--port', '99999'], ['new']]) {
    const { code, stderr, stdout } = await octavo(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr + stdout, /--help|required|not in range|excludes/, args.join(' '));
  }
});

test('new site, new post, build: a site from nothing', async () => {
  assert.deepEqual(await octavo('new', 'site', 'blog', ...NOW, '--quiet'), { code: 0, stdout: '', stderr: '' });
  assert.deepEqual((await readdir(join(work, 'blog'), { recursive: true })).sort(), ['content', 'content/hello.md', 'octavo.toml']);
  const made = await octavo('new', 'post', 'Sea, "wind" & Ωmega', '--site', 'blog', ...NOW, '--json');
  assert.equal(made.code, 0);
  const { created } = JSON.parse(made.stdout);
  assert.match(created, /^blog\/content\/sea-wind-ωmega\.md$/);
  assert.match(await readFile(join(work, created), 'utf8'), /^\+\+\+\ntitle = "Sea, \\"wind\\" & Ωmega"\ndate = 2026-11-23T12:00:00Z\ndraft = true\n\+\+\+\n\n$/);
  const built = await octavo('build', 'blog', '--out', 'public', '--reader-files', 'none', ...NOW, '--json');
  assert.equal(built.code, 0, built.stdout + built.stderr);
  const { ok, counts } = JSON.parse(built.stdout);
  assert.deepEqual({ ok, counts }, { ok: true, counts: { published: 1, drafts: 1, future: 0, expired: 0, kept: 0, left_out: 0 } });
  assert.match(await readFile(join(work, 'public/posts/hello/index.html'), 'utf8'), /The first post/);
});

test('nothing that exists is written over', async () => {
  await mkdir(join(work, 'mine/content'), { recursive: true });
  await writeFile(join(work, 'mine/content/my-post.md'), 'mine');
  const post = await octavo('new', 'post', 'My post', '--site', 'mine');
  assert.equal(post.code, 1);
  assert.match(post.stderr, /my-post\.md: error: This file already exists/);
  assert.equal(await readFile(join(work, 'mine/content/my-post.md'), 'utf8'), 'mine');
  const site = await octavo('new', 'site', 'mine', '--json');
  assert.equal(site.code, 1);
  assert.match(JSON.parse(site.stdout).error, /not empty/);
  assert.equal((await octavo('new', 'post', '???', '--site', 'mine')).code, 1);
});

test('problems have a place, in words and as JSON', async () => {
  await mkdir(join(work, 'broken'), { recursive: true });
  await writeFile(join(work, 'broken/good.md'), 'Text\n');
  await writeFile(join(work, 'broken/open.md'), '---\ntitle: Open\n\nText\n');
  const check = await octavo('check', 'broken', ...NOW, '--json');
  assert.equal(check.code, 1);
  assert.equal(check.stderr, '');
  const { ok, messages } = JSON.parse(check.stdout);
  assert.equal(ok, false);
  const problem = messages.find(({ severity }) => severity === 'problem');
  assert.equal(problem.file, 'broken/open.md');
  assert.equal(problem.line, 1);
  const quiet = await octavo('build', 'broken', '--out', 'broken-out', '--reader-files', 'none', ...NOW, '--quiet');
  assert.equal(quiet.code, 1);
  assert.match(quiet.stderr, /^broken\/open\.md:1/m);
  assert.equal(quiet.stdout, '');
  assert.ok((await readdir(join(work, 'broken-out/posts'))).includes('good'), 'the rest is built');
});

test('a site that is not there is an error, and nothing is written', async () => {
  for (const args of [['build', 'none', '--out', 'none-out'], ['check', 'none'], ['serve', 'none'], ['render', 'none.md'], ['import', 'none', '--out', 'x']]) {
    const { code, stderr } = await octavo(...args);
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr, /none[^:]*: error: /, args.join(' '));
  }
  assert.ok(!(await readdir(work)).some((name) => name.startsWith('none')));
});

test('render says the post, or JSON with its text', async () => {
  await writeFile(join(work, 'post.md'), '# Title\n\nSome words.\n');
  const plain = await octavo('render', 'post.md', '--plain');
  assert.match(plain.stdout, /Some words\./);
  const json = JSON.parse((await octavo('render', 'post.md', '--json')).stdout);
  assert.equal(json.ok, true);
  assert.match(json.text, /Some words\./);
});
