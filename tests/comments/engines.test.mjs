// The adapters against live engines: Octavo's own server always, WordPress and Isso where tests/support/with_*.sh
// has started them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ANY_THREAD, CommentServer, NO_LIMITS, ROOT } from './support/comment_server.mjs';

const CONFORMANCE = process.env.OCTAVO_CONFORMANCE ?? join(ROOT, 'build/release/conformance');

// Resolves to {passed, table}.
function conformance(...options) {
  return new Promise((resolve) => {
    execFile(CONFORMANCE, options, (error, stdout, stderr) => {
      console.log(stdout + stderr);
      resolve({ passed: error === null, table: stdout });
    });
  });
}

async function checks(...options) {
  const { passed, table } = await conformance(...options);
  assert.ok(passed, table);
  return table;
}

test('Octavo’s own server does what its adapter says', async () => {
  const server = await CommentServer.start(NO_LIMITS);
  try {
    const table = await checks('octavo', `${server.api}/`, 'posts/a');
    for (const check of ['listed once', 'a lost answer is found', 'reply', 'likes']) assert.match(table, new RegExp(`${check} .*yes`));
    await server.restartWith(`${NO_LIMITS}moderation = "all"\n`);
    await checks('octavo', `${server.api}/`, 'posts/b', '--expect', 'held');
    await server.restartWith(`${NO_LIMITS}anonymous = false\n`);
    await checks('octavo', `${server.api}/`, 'posts/b', '--expect', 'refused login-required');
    await server.restartWith(`${ANY_THREAD}min_gap_seconds = 60\n`);
    await checks('octavo', `${server.api}/`, 'posts/c', '--expect', 'retry rate-limited');
  } finally {
    await server.stop();
  }
});

const wordPress = process.env.OCTAVO_WORDPRESS;
test('WordPress does what its adapter says', { skip: !wordPress && 'tests/support/with_wordpress.sh has not started it' }, async () => {
  const endpoint = `${wordPress}/wp-json/`;
  const idOf = async (slug) => (await (await fetch(`${endpoint}wp/v2/posts?slug=${slug}`)).json())[0].id.toString();
  const [open, closed] = [await idOf('open'), await idOf('closed')];
  const send = (post, expected) => checks('wordpress', endpoint, post, '--email', 'ann@mail.example', '--expect', expected);
  const withRule = async (name, body) => {
    const file = join(process.env.OCTAVO_WORDPRESS_RULES, name);
    await writeFile(file, '');
    await body();
    await rm(file);
  };
  const table = await checks('wordpress', endpoint, open, '--email', 'ann@mail.example');
  for (const check of ['listed once', 'sent again is recognized', 'stored once', 'reply']) assert.match(table, new RegExp(`${check} .*yes`));
  await send(closed, 'refused closed');
  await withRule('hold', () => send(open, 'held'));
  await withRule('members', () => send(open, 'refused login-required'));
  await withRule('flood', () => send(open, 'retry rate-limited'));
  await checks('wordpress', endpoint, open, '--expect', 'refused name-and-email-needed');
});

const isso = process.env.OCTAVO_ISSO;
test('Isso does what its adapter says', { skip: !isso && 'tests/support/with_isso.sh has not started it' }, async () => {
  const table = await checks('isso', `${isso}/`, '/posts/a/');
  for (const check of ['listed once', 'a lost answer is found', 'stored once']) assert.match(table, new RegExp(`${check} .*yes`));
});
