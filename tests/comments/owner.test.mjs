// The owner's two ways to moderate: the command line beside a running server, and the page in a real browser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launchChromium } from '../browser/support/chromium.mjs';
import { ANY_THREAD, COMMAND, CommentServer, NO_LIMITS } from './support/comment_server.mjs';

const HOSTILE = '<img src=x onerror=alert(1)> **bold** \u001b[31mred';
let server;

const octavo = (verb, ...names) => promisify(execFile)(COMMAND, ['comments', verb, server.data, ...names]);
const states = async (thread) => (await server.all(thread)).map((comment) => comment.body_source);

before(async () => {
  server = await CommentServer.start(`${NO_LIMITS}moderation = "all"\n`);
});
after(() => server.stop());

test('the command line lists, approves, rejects, deletes, closes and exports', async () => {
  const ids = [];
  for (const text of ['one', 'two', HOSTILE]) ids.push((await server.post('cli', text, randomUUID())).json.comment.id);
  const { stdout } = await octavo('list', '--status', 'held');
  for (const id of ids) assert.ok(stdout.includes(id));
  assert.ok(!stdout.includes('\u001b'), 'control characters of strangers reach the terminal');
  await octavo('approve', ids[0], ids[1]);
  await octavo('reject', ids[2]);
  assert.deepEqual(await states('cli'), ['one', 'two']);
  await octavo('delete', ids[1]);
  assert.deepEqual(await states('cli'), ['one']);
  await octavo('close', 'cli');
  assert.equal((await server.post('cli', 'late', randomUUID())).json.code, 'thread-closed');
  await octavo('open', 'cli');
  const lines = (await octavo('export')).stdout.trim().split('\n').map((line) => JSON.parse(line));
  const exported = lines.filter((line) => line.kind === 'comment');
  assert.deepEqual(exported.map((comment) => comment.status), ['published', 'deleted', 'rejected']);
  assert.equal(exported[0].network, '127.0.0.0/24');
  await assert.rejects(octavo('approve', 'nothing'), /does not exist/);
  await assert.rejects(promisify(execFile)(COMMAND, ['comments', 'list', join(server.folder, 'nowhere')]), /no comments folder/);
});

test('the command line pages through any number of comments', async () => {
  const count = 250;
  for (let i = 0; i < count; ++i) await server.post('many', `comment ${i}`, randomUUID());
  const ids = (text) => text.trim().split('\n').map((line) => JSON.parse(line)).filter((line) => line.thread === 'many').map((line) => line.id);
  const all = ids((await octavo('list', '--json')).stdout);
  assert.equal(new Set(all).size, count);
  const first = await octavo('list', '--json', '--limit', '120');
  const second = await octavo('list', '--json', '--limit', '130', '--before', ids(first.stdout).at(-1));
  assert.deepEqual([...ids(first.stdout), ...ids(second.stdout)], all);
  assert.match((await octavo('list', '--limit', '3')).stderr, /^3 comments; continue with --before \S+$/m);
  await assert.rejects(octavo('list', '--before', 'nothing'), /no comment with this id/);
  await octavo('delete', ...all);
});

test('an export is read back byte for byte', async () => {
  const exported = (await octavo('export')).stdout;
  const copy = await CommentServer.start();
  try {
    await writeFile(join(copy.folder, 'comments.jsonl'), exported);
    const of = (verb, ...names) => promisify(execFile)(COMMAND, ['comments', verb, copy.data, ...names], { maxBuffer: 1 << 26 });
    assert.match((await of('import', join(copy.folder, 'comments.jsonl'))).stderr, / comments imported, 0 were there already$/m);
    assert.equal((await of('export')).stdout, exported);
    assert.deepEqual(await copy.all('cli'), await server.all('cli'));
  } finally {
    await copy.stop();
  }
});

test('a served site takes comments on its own posts only', async () => {
  const source = join(server.folder, 'known');
  await mkdir(join(source, 'content'), { recursive: true });
  await writeFile(join(source, 'octavo.toml'), 'title = "Known"\n');
  await writeFile(join(source, 'content/tea.md'), '---\ntitle: Tea\ndate: 2010-05-14\n---\nText.\n');
  const served = await CommentServer.start(NO_LIMITS.replace(ANY_THREAD, ''));
  const build = () => promisify(execFile)(COMMAND, ['build', source, '--out', join(served.folder, 'site'), '--quiet']);
  try {
    assert.equal((await served.post('tea', 'Too early', randomUUID())).json.code, 'thread-unknown');
    await rm(join(served.folder, 'site'), { recursive: true });
    await build();
    assert.equal((await served.post('tea', 'Hello', randomUUID())).status, 201);
    assert.equal((await served.post('coffee', 'Hello', randomUUID())).status, 404);
    await writeFile(join(source, 'content/coffee.md'), '---\ntitle: Coffee\ndate: 2010-05-15\n---\nText.\n');
    await build();
    assert.equal((await served.post('coffee', 'Hello', randomUUID())).status, 201);
  } finally {
    await served.stop();
  }
});

test('comments that came along with a site are imported once, can be answered, and stay deleted', async () => {
  const source = join(server.folder, 'source');
  await mkdir(join(source, 'content'), { recursive: true });
  await writeFile(join(source, 'octavo.toml'), 'title = "Moved"\n');
  await writeFile(join(source, 'content/tea.md'), '---\ntitle: Tea\ndate: 2010-05-14\n---\nText.\n');
  const comments = [
    { id: '12', author: 'Ann', author_url: 'https://ann.example/', date: '2010-05-14T18:20:00Z', text: '**First** <script>' },
    { id: '13', parent: '12', author: 'Bob', date: '2010-05-15T07:45:00Z', text: 'Second' },
    { id: '19', author: 'Notes', date: '2010-05-21T09:00:00Z', kind: 'pingback', text: 'Third' },
  ];
  await writeFile(join(source, 'content/tea.comments.json'), JSON.stringify({ comments }));
  const built = join(server.folder, 'moved');
  await promisify(execFile)(COMMAND, ['build', source, '--out', built, '--quiet']);
  const { json: { comment: newer } } = await server.post('tea', 'Newer', randomUUID());
  await octavo('approve', newer.id);
  assert.match((await octavo('import', built)).stderr, /^3 comments imported, 0 were there already$/m);
  const [first, second, third, last] = await server.all('tea');
  assert.deepEqual([first, second, third].map(({ author, created }) => [author.name, created]), [
    ['Ann', '2010-05-14T18:20:00Z'],
    ['Bob', '2010-05-15T07:45:00Z'],
    ['Notes (pingback)', '2010-05-21T09:00:00Z'],
  ]);
  assert.equal(second.parent, first.id);
  assert.equal(last.id, newer.id);
  assert.match(first.body_html, /^<p><strong>First<\/strong>/);
  assert.doesNotMatch(first.body_html, /<script/);
  const answer = await server.post('tea', 'An answer after all', randomUUID(), { parent: first.id });
  assert.equal(answer.json.comment.parent, first.id);
  await octavo('delete', third.id);
  assert.match((await octavo('import', built)).stderr, /^0 comments imported, 3 were there already$/m);
  assert.deepEqual((await server.all('tea')).map(({ body_source }) => body_source), [first, second, last].map(({ body_source }) => body_source));
  await assert.rejects(octavo('import', join(server.folder, 'nowhere')), /octavo\.json/);
});

test('the token is readable for its owner only and is not in the published folder', async () => {
  const { mode } = await stat(join(server.data, 'moderation-token'));
  assert.equal(mode & 0o777, 0o600);
  for (const path of ['moderation-token', '../site-comments/moderation-token', 'site-comments/comments.db']) {
    assert.equal((await fetch(`${server.url}/${path}`)).status, 404);
  }
});

test('the page moderates, shows text as text, and keeps the token out of addresses', async () => {
  const { json: { comment: first } } = await server.post('page', HOSTILE, randomUUID());
  await server.post('page', 'second', randomUUID());
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const failures = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => message.type() === 'error' && failures.push(message.text()));
    await page.goto(/http:\S+moderate\S+/.exec(server.said)[0]);
    const item = page.getByRole('listitem').filter({ hasText: 'onerror' });
    await item.waitFor();
    assert.equal(await page.locator('main img, main strong:has-text("bold")').count(), 0);
    assert.equal(new URL(page.url()).hash, '');
    await item.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('status').getByText('Approved.').waitFor();
    assert.equal((await server.all('page'))[0].id, first.id);
    await page.getByRole('button', { name: 'Published' }).click();
    const published = page.getByRole('listitem').filter({ hasText: 'onerror' });
    await published.getByRole('button', { name: 'Delete' }).click();
    await published.getByRole('button', { name: 'Delete for good?' }).click();
    await page.getByRole('status').getByText('Deleted.').waitFor();
    assert.equal((await server.all('page')).length, 0);
    // Without a token, the page shows nothing.
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${server.url}/_comments/moderate/`);
    await other.getByLabel('Moderation token').fill('wrong');
    await other.getByRole('button', { name: 'Open' }).click();
    await other.getByRole('status').getByText('needs the moderation token').waitFor();
    assert.equal(await other.getByRole('listitem').count(), 0);
    assert.deepEqual(failures, []);
  } finally {
    await browser.close();
  }
});

test('the page never mixes two lists, nor says that nothing is left while something waits', async () => {
  for (let i = 0; i < 60; ++i) await server.post('queue', `waiting ${i}`, randomUUID());
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const items = page.getByRole('listitem');
    const status = page.getByRole('status');
    // The answer for the waiting comments arrives when another list is already shown.
    let release;
    let finish;
    const late = new Promise((resolve) => { release = resolve; });
    const answered = new Promise((resolve) => { finish = resolve; });
    await page.route('**/moderation/comments?status=held*', async (route) => {
      const response = await route.fetch();
      await late;
      await route.fulfill({ response }).catch(() => {}); // the page does not wait for it any more
      finish();
    }, { times: 1 });
    await page.goto(/http:\S+moderate\S+/.exec(server.said)[0]);
    await page.getByRole('button', { name: 'Rejected' }).click();
    await items.first().waitFor();
    const rejected = await items.allTextContents();
    release();
    await answered;
    await page.evaluate(async () => (await fetch('../v1/capabilities')).text());
    assert.deepEqual(await items.allTextContents(), rejected);

    await page.getByRole('button', { name: 'Waiting' }).click();
    await items.getByText('waiting 59').waitFor();
    assert.equal(await items.count(), 50);
    for (let i = 0; i < 50; ++i) await approveFirst(page);
    await items.first().waitFor();
    assert.doesNotMatch(await status.textContent(), /Nothing/);
    while (await items.count()) {
      await approveFirst(page);
      await page.waitForFunction(() => document.querySelector('#comments li') || /Nothing else/.test(document.querySelector('#status').textContent));
    }
    assert.equal(await status.textContent(), 'Approved. Nothing else here.');
  } finally {
    await browser.close();
  }
});

async function approveFirst(page) {
  const item = page.getByRole('listitem').first();
  const id = await item.getAttribute('data-id');
  await item.getByRole('button', { name: 'Approve' }).click();
  await page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
}

test('the page says nothing of a list that is not there yet, and publishes only what was read', async () => {
  const { json: { comment, key } } = await server.post('read', 'Kind words', randomUUID());
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const status = page.getByRole('status');
    await page.goto(/http:\S+moderate\S+/.exec(server.said)[0]);
    await page.locator(`[data-id="${comment.id}"]`).waitFor();
    // A list with nothing in it, and then one that takes its time.
    await page.route('**/moderation/comments?status=published*', (route) => route.fulfill({ json: { comments: [], more: false } }));
    await page.getByRole('button', { name: 'Published' }).click();
    await status.getByText('Nothing here.').waitFor();
    let release;
    const late = new Promise((resolve) => { release = resolve; });
    await page.route('**/moderation/comments?status=held*', (route) => late.then(() => route.continue()), { times: 1 });
    await page.getByRole('button', { name: 'Waiting' }).click();
    await status.getByText('Loading…').waitFor();
    release();
    const item = page.locator(`[data-id="${comment.id}"]`);
    await item.waitFor();

    const edit = { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'Comment-Key': key }, body: JSON.stringify({ body_source: 'Other words' }) };
    assert.equal((await fetch(`${server.api}/comments/${comment.id}`, edit)).status, 200);
    await item.getByRole('button', { name: 'Approve' }).click();
    await status.getByText('has changed since').waitFor();
    await item.getByText('Other words').waitFor();
    assert.deepEqual(await states('read'), []);
    await item.getByRole('button', { name: 'Approve' }).click();
    await status.getByText('Approved.').waitFor();
    assert.deepEqual(await states('read'), ['Other words']);
  } finally {
    await browser.close();
  }
});
