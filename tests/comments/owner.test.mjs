// The owner's two ways to moderate: the command line beside a running server, and the page in a real browser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launchChromium } from '../browser/support/chromium.mjs';
import { COMMAND, CommentServer, NO_LIMITS } from './support/comment_server.mjs';

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
  assert.deepEqual(lines.map((comment) => comment.status), ['published', 'deleted', 'rejected']);
  assert.equal(lines[0].network, '127.0.0.0/24');
  await assert.rejects(octavo('approve', 'nothing'), /does not exist/);
  await assert.rejects(promisify(execFile)(COMMAND, ['comments', 'list', join(server.folder, 'nowhere')]), /no folder of comments/);
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
  assert.match((await octavo('import', built)).stderr, /^3 comments imported, 0 had come before$/m);
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
  assert.match((await octavo('import', built)).stderr, /^0 comments imported, 3 had come before$/m);
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
    // Without a token there is nothing to see.
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
