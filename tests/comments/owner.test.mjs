// The owner's two ways to moderate: the command line beside a running server, and the page in a real browser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
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
