// What must never happen to a build: a hang, a crash, half an output, or an error without its place. The rest is built.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { photograph } from '../browser/support/photograph.mjs';
import { LONGEST_WAIT_MS } from '../browser/support/bounds.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');
const GIGABYTE = 1 << 30;
const MAX_POST_BYTES = 16 * 1024 * 1024;
// Pages only: the reader's files do not matter here.
const COMMON = ['--now', '2026-11-23T12:00:00Z', '--reader-files', 'none', '--json'];

let work;
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'octavo-bad-'));
  process.env.XDG_CACHE_HOME = join(work, 'cache');
});
after(() => rm(work, { recursive: true, force: true }));

let count = 0;
// A site with one good post besides `files`: {path: text | async (path) => void}. Builds it and returns the messages.
async function build(files, args = []) {
  const site = join(work, `site-${++count}`);
  const all = { 'content/good.md': '---\ntitle: Good\ndate: 2020-01-01\n---\nText.\n', ...files };
  for (const [name, make] of Object.entries(all)) {
    const path = join(site, name);
    await mkdir(dirname(path), { recursive: true });
    await (typeof make === 'function' ? make(path) : writeFile(path, make));
  }
  const out = `${site}-out`;
  const result = await octavo('build', site, '--out', out, ...COMMON, ...args);
  const said = result.messages.filter(({ severity }) => severity !== 'note');
  return { ...result, site, out, said, problems: said.filter(({ severity }) => severity === 'problem') };
}

function octavo(...args) {
  return new Promise((resolve) => {
    execFile(COMMAND, args, { cwd: work, timeout: LONGEST_WAIT_MS, maxBuffer: 1 << 26 }, (error, stdout) =>
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), ...JSON.parse(stdout || '{}') }),
    );
  });
}

const sparse = (head = '') => async (path) => {
  await writeFile(path, head);
  await truncate(path, GIGABYTE);
};
const posts = async (out) => (await readdir(join(out, 'posts'))).sort();

const PROBLEMS = [
  ['front matter that is not closed', { 'content/bad.md': '---\ntitle: Bad\n\nText\n' }, /bad\.md$/, { line: 1 }],
  ['front matter that is not YAML', { 'content/bad.md': '---\ntitle: [a\ndate: 2020-01-01\n---\nText\n' }, /bad\.md$/, {}],
  ['a day that does not exist', { 'content/bad.md': '---\ntitle: Bad\ndate: 2023-02-30\n---\nText\n' }, /bad\.md$/, { line: 3 }],
  ['a day that does not exist in a name', { 'content/2023-02-30-bad.md': 'Text\n' }, /2023-02-30-bad\.md$/, {}],
  ['a post of a gigabyte', { 'content/bad.md': sparse('---\ntitle: Bad\n---\n') }, /bad\.md$/, {}],
  ['a post one byte over the limit', { 'content/bad.md': `---\ntitle: Bad\n---\n${'a '.repeat(MAX_POST_BYTES / 2)}a` }, /bad\.md$/, { line: 4, column: 1 }],
  ['a pipe instead of a post', { 'content/bad.md': (path) => execFileSync('mkfifo', [path]) }, /bad\.md$/, {}],
  ['a link that leads out', { 'content/bad.md': (path) => symlink('/etc/hostname', path) }, /bad\.md$/, {}],
  ['a link to itself', { 'content/bad.md': (path) => symlink('bad.md', path) }, /bad\.md$/, {}],
  ['names that differ only in case', { 'content/GOOD.md': '---\ntitle: Other\n---\nText\n' }, /good\.md$/i, {}],
  ['an image of another folder', { 'content/p.md': '---\ntitle: P\n---\n![x](../../secret.png)\n', 'secret.png': 'x' }, /p\.md$/, { line: 4 }],
];
for (const [name, files, file, place] of PROBLEMS) {
  test(`${name}: a problem with its place, and the rest is built`, async () => {
    const { code, ok, problems, out } = await build(files);
    assert.equal(code, 1);
    assert.equal(ok, false);
    assert.ok(problems.length > 0, 'nothing was said');
    assert.match(problems[0].file, file);
    for (const [key, value] of Object.entries(place)) assert.equal(problems[0][key], value, key);
    assert.ok(problems.every(({ message }) => message.length > 20));
    assert.ok((await posts(out)).some((slug) => slug.toLowerCase() === 'good'));
    assert.ok(!(await posts(out)).includes('bad'));
  });
}

test('a post at the limit is checked, built, rendered and imported whole; one byte more is refused by all of them', async () => {
  const head = '---\ntitle: Long\ndate: 2020-01-01\n---\n';
  const text = `${'a '.repeat(MAX_POST_BYTES / 2 - 3)} end.`; // and a line end
  for (const [rest, isTaken] of [['', true], ['.', false]]) {
    const { code, site, out } = await build({ 'content/long.md': `${head}${text}${rest}\n` });
    assert.equal(code, isTaken ? 0 : 1);
    assert.equal((await posts(out)).includes('long'), isTaken);
    if (isTaken) assert.ok((await readFile(join(out, 'posts/long/index.html'), 'utf8')).includes('a  end.'));
    const refused = (answer) => answer.messages.some(({ message }) => message.includes('A post may have 16 MiB'));
    assert.equal(refused(await octavo('check', site, '--json')), !isTaken, 'check');
    const rendered = await octavo('render', join(site, 'content/long.md'), '--json');
    assert.equal(refused(rendered), !isTaken, 'render');
    assert.equal((rendered.text ?? '').includes('end.'), isTaken);
    const feed = join(site, 'feed.json');
    const items = [{ id: '1', title: 'Long', content_text: `${text}${rest}\n` }];
    await writeFile(feed, JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Feed', items }));
    const imported = await octavo('import', feed, '--out', join(site, 'imported'), '--json');
    assert.equal(refused(imported), !isTaken, 'import');
    assert.equal(imported.code, isTaken ? 0 : 1);
  }
});

const IMAGES = [
  ['an image of a gigabyte', sparse('\x89PNG\r\n\x1a\n')],
  ['an image cut in the middle', (path) => writeFile(path, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))],
  ['an image of 4 thousand million pixels each way', (path) => writeFile(path, Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff0802000000', 'hex'))],
  ['an image without a byte', (path) => writeFile(path, '')],
];
for (const [name, make] of IMAGES) {
  test(`${name}: the post is built`, async () => {
    const { code, out, problems } = await build({ 'content/p.md': '---\ntitle: P\ndate: 2020-01-01\n---\nBefore ![x](a.png) after.\n', 'content/a.png': make });
    assert.deepEqual(await posts(out), ['good', 'p']);
    assert.match(await readFile(join(out, 'posts/p/index.html'), 'utf8'), /Before/);
    assert.equal(code, problems.length > 0 ? 1 : 0);
    if (problems.length > 0) assert.match(problems[0].file, /p\.md$/);
  });
}

test('bytes that are not UTF-8 are shown as such, with their place', async () => {
  const { said, out } = await build({ 'content/p.md': Buffer.from('---\ntitle: P\n---\nCaf\xe9 au lait\n', 'latin1') });
  assert.ok(said.some(({ file, line, message }) => /p\.md$/.test(file) && line === 4 && /UTF-8/.test(message)), JSON.stringify(said));
  assert.match(await readFile(join(out, 'posts/p/index.html'), 'utf8'), /Caf\uFFFD au lait/);
});

test('images that are cut off or enormous are published as they are, and named', async () => {
  const whole = photograph(1300, 900);
  const huge = Buffer.from(whole);
  huge.writeUInt32BE(300_000, 16); // its width in the header
  huge.writeUInt32BE(200_000, 20);
  const { code, said, out } = await build({
    'content/cut.png': whole.subarray(0, whole.length / 2),
    'content/huge.png': huge,
    'content/whole.png': whole,
    'content/bad.md': '---\ntitle: Bad\ndate: 2020-01-01\n---\n![a](cut.png) ![b](huge.png) ![c](whole.png)\n',
  });
  assert.equal(code, 0);
  assert.deepEqual(said.map(({ severity, file }) => [severity, file.replace(/.*\//, '')]), [['warning', 'cut.png'], ['warning', 'huge.png']]);
  const media = (await readdir(join(out, 'media'))).map((name) => name.replace(/\.[0-9a-f]{8}/, '')).sort();
  assert.deepEqual(media, ['cut.png', 'huge.png', 'whole-480.png', 'whole-960.png', 'whole.png']);
});

test('a build that loads more libraries on its way remembers for the same program', async () => {
  // The frame of a JPEG and nothing right after it: enough for its decoder to be loaded.
  const frame = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 3, 132, 5, 20, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  const jpeg = Buffer.concat([Buffer.from(frame), Buffer.alloc(30_000, 7)]);
  const marks = [];
  for (const files of [{}, { 'content/p.jpg': jpeg, 'content/p.md': '---\ntitle: P\ndate: 2020-01-01\n---\n![a](p.jpg)\n' }]) {
    const { out } = await build(files);
    const remembered = await readFile(join(work, 'cache/octavo', createHash('sha256').update(out).digest('hex').slice(0, 16)));
    marks.push(remembered.subarray(0, 4 + 64).toString('latin1')); // a length and the program's mark
  }
  assert.equal(marks[1], marks[0]);
});

test('a folder that links to itself is walked once', async () => {
  const { out } = await build({ 'content/sub/p.md': '---\ntitle: P\n---\nText\n', 'content/sub/loop': (path) => symlink('..', path) });
  assert.ok((await posts(out)).includes('p'));
});

test('a failed build leaves the previous output byte for byte', async () => {
  const { site, out, code } = await build({});
  assert.equal(code, 0);
  const before = await readAll(out);
  await writeFile(join(site, 'content/good.md'), 'Other text.\n');
  // Incomplete reader files are an error of the whole build.
  const readerFiles = join(work, 'broken-reader-files');
  await mkdir(readerFiles);
  await writeFile(join(readerFiles, 'octavo.wasm'), 'x');
  const failed = await octavo('build', site, '--out', out, '--reader-files', readerFiles, '--json');
  assert.equal(failed.code, 1);
  assert.ok(failed.error);
  assert.deepEqual(await readAll(out), before);
  assert.deepEqual((await readdir(work)).filter((name) => name.endsWith('.new') || name.endsWith('.old')), []);
});

// After each of these changes a build over the previous output, with the whole cache, gives the same as one into a fresh folder.
const CHANGES = [
  ['a sentence', 'content/a.md', (text) => `${text}\nMore.\n`],
  ['a title that neighbors show', 'content/b.md', (text) => text.replace('title: B', 'title: Bee')],
  ['a date that changes the order', 'content/c.md', (text) => text.replace('2020-01-03', '2019-01-03')],
  ['a tag', 'content/a.md', (text) => text.replace('tags: [x]', 'tags: [x, y]')],
  ['a post that is withheld', 'content/b.md', (text) => text.replace('title:', 'draft: true\ntitle:')],
  ['a post that comes back', 'content/b.md', (text) => text.replace('draft: true\n', '')],
  ['an image', 'content/p.svg', (text) => text.replace('30', '40')],
  ['the title of the site', 'octavo.toml', (text) => text.replace('One', 'Two')],
  ['an author of the site', 'octavo.toml', (text) => `${text}[[authors]]\nname = "Ann"\nurl = "https://ann.example/"\n`],
  ['an address of the site', 'octavo.toml', (text) => `home_page_url = "https://example.org/"\n${text}`],
  ['comments', 'octavo.toml', (text) => `${text}[comments]\nendpoint = "https://c.example/"\n`],
  ['a file that a link leads to', 'content/later.txt', () => 'here now'],
  ['nothing', 'octavo.toml', (text) => text],
];
const post = (name, day, body) => `---\ntitle: ${name}\ndate: 2020-01-0${day}\ntags: [x]\n---\n${body}\n`;

for (const args of [[], ['--precompress']]) {
  test(`what is remembered changes no byte ${args.join('')}`, async () => {
    const { site, out } = await build(
      {
        'octavo.toml': 'title = "One"\n',
        'content/a.md': post('A', 1, '```js\nlet a = 1;\n```\n<b>Raw</b> [b](b.md) [later](later.txt)'),
        'content/b.md': post('B', 2, `![p](p.svg) ${'word '.repeat(300)}`),
        'content/c.md': post('C', 3, '![x](https://images.example/x.png)\n\n```rust\nfn main() {}\n```'),
        'content/p.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>',
      },
      args,
    );
    for (const [name, file, change] of CHANGES) {
      const path = join(site, file);
      await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')));
      await octavo('build', site, '--out', out, ...COMMON, ...args);
      await octavo('build', site, '--out', `${out}-fresh`, ...COMMON, '--no-cache', ...args);
      assert.deepEqual(await readAll(out), await readAll(`${out}-fresh`), name);
      await rm(`${out}-fresh`, { recursive: true });
    }
  });
}

async function readAll(folder) {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return Promise.all(paths.map(async (path) => [path.slice(folder.length), (await readFile(path)).toString('base64')]));
}
