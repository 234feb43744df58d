// Requests every answer that the contract describes from a live server.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { jsonFeedProblems } from '../support/json_feed.mjs';
import { CommentServer, NO_LIMITS } from './support/comment_server.mjs';
import { Contract, readContract } from './support/contract.mjs';

const READER = { 'Reader-Key': 'reader-0123456789abcdef' };
const SIGNED_IN = ['beginSignIn 200', 'finishSignIn 303', 'redeemSignIn 200', 'getMe 200', 'endSession 204'];
let server;
let contract;

before(async () => {
  contract = new Contract(await readContract());
  server = await CommentServer.start(`${NO_LIMITS}site = "Test"\nprivacy_url = "https://blog.example/privacy"\n`);
});
after(() => server.stop());

// Sends and checks; `address` fills the places of `path`.
async function call(method, path, { address = {}, query = '', body, headers = {}, to = server } = {}) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(address[name]));
  const response = await fetch(to.api + filled + query, {
    method: method.toUpperCase(),
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const json = contract.check(method, path, response, await response.text());
  return { status: response.status, headers: response.headers, json };
}

const create = (thread, text, more = {}, headers = {}, to = server) =>
  call('post', '/threads/{thread}/comments', {
    address: { thread },
    body: { body_source: text, author: { name: 'Ann', email: 'ann@mail.example', website: 'https://ann.example/' }, ...more },
    headers: { 'Idempotency-Key': `"${randomUUID()}"`, ...headers },
    to,
  });

test('the contract is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(await readContract());
  assert.ok(result.valid, JSON.stringify(result.errors));
});

test('a comment is sent, listed, changed, liked and deleted', async () => {
  const { json: capabilities } = await call('get', '/capabilities');
  assert.equal(capabilities.site, 'Test');
  const key = { 'Idempotency-Key': `"${randomUUID()}"` };
  const first = await create('posts/a', 'Hello *you*', { language: 'en' }, key);
  assert.equal(first.status, 201);
  const again = await create('posts/a', 'Hello *you*', { language: 'en' }, key);
  assert.equal(again.headers.get('idempotent-replay'), 'true');
  assert.deepEqual(again.json, first.json);
  assert.equal((await create('posts/a', 'Other', {}, key)).json.code, 'idempotency-mismatch');

  const { id } = first.json.comment;
  const own = { 'Comment-Key': first.json.key };
  const list = await call('get', '/threads/{thread}/comments', { address: { thread: 'posts/a' }, headers: READER });
  assert.equal(list.json.comments.length, 1);
  const unchanged = await call('get', '/threads/{thread}/comments', {
    address: { thread: 'posts/a' }, headers: { ...READER, 'If-None-Match': list.headers.get('etag') } });
  assert.equal(unchanged.status, 304);
  const one = await call('get', '/comments/{id}', { address: { id }, headers: own });
  assert.equal(one.json.can.edit, true);
  assert.equal((await call('get', '/comments/{id}', { address: { id }, headers: { ...own, 'If-None-Match': one.headers.get('etag') } })).status, 304);

  for (const [path, address] of [['/threads/{thread}/reactions/{name}', { thread: 'posts/a' }], ['/comments/{id}/reactions/{name}', { id }]]) {
    const liked = await call('put', path, { address: { ...address, name: 'like' }, body: { on: true }, headers: READER });
    assert.deepEqual(liked.json, { reactions: { like: 1 }, my_reactions: ['like'] });
  }
  const edited = await call('patch', '/comments/{id}', { address: { id }, body: { body_source: 'Changed' }, headers: own });
  assert.equal(edited.json.edit_count, 1);
  const reply = await create('posts/a', 'A reply', { parent: id });
  assert.equal(reply.json.comment.parent, id);
  assert.equal((await call('delete', '/comments/{id}', { address: { id }, headers: own })).json.status, 'deleted');
  const changes = await call('get', '/threads/{thread}/comments', { address: { thread: 'posts/a' }, query: `?since=${list.json.since}` });
  assert.deepEqual(changes.json.comments.map((comment) => comment.status).sort(), ['deleted', 'published']);
  const counts = await call('post', '/counts', { body: { threads: ['posts/a'] } });
  assert.equal(counts.json.counts['posts/a'], 1);
});

test('what became of a submission is told to who has its key', async () => {
  const held = await create('b', 'http://a.example http://b.example http://c.example', {}, { 'Idempotency-Key': 'submission-0123456789' });
  assert.equal(held.status, 202);
  const state = await call('get', '/submissions/{key}', { address: { key: 'submission-0123456789' } });
  assert.equal(state.json.state, 'held');
  assert.equal(state.json.key, held.json.key);
  assert.equal((await call('get', '/submissions/{key}', { address: { key: randomUUID() } })).json.state, 'unknown');
  assert.equal((await call('get', '/submissions/{key}', { address: { key: 'short' } })).status, 404);
});

test('a thread can be followed as a feed', async () => {
  await create('feed & more', 'News for <readers>');
  for (const path of ['/threads/{thread}/feed.atom', '/threads/{thread}/feed.json']) {
    const address = { thread: 'feed & more' };
    const feed = await call('get', path, { address });
    assert.match(typeof feed.json === 'string' ? feed.json : JSON.stringify(feed.json), /News for/);
    if (path.endsWith('.json')) assert.equal(jsonFeedProblems(feed.json), '');
    assert.equal((await call('get', path, { address, headers: { 'If-None-Match': feed.headers.get('etag') } })).status, 304);
    assert.equal((await call('get', path, { address: { thread: 'd\n' } })).status, 404);
  }
});

test('authors take their data along and delete it', async () => {
  const { json: { key } } = await create('own', 'Mine');
  await create('own', 'Not mine', { author: { name: 'Bob' } });
  const exported = await call('post', '/me/export', { body: { keys: [key] } });
  assert.equal(exported.json.comments.length, 1);
  assert.equal(exported.json.comments[0].email, 'ann@mail.example');
  assert.deepEqual((await call('post', '/me/delete', { body: { keys: [key] }, headers: READER })).json, { deleted: 1 });
  assert.deepEqual((await call('post', '/me/delete', { body: { keys: [key] } })).json, { deleted: 0 });
  const left = await call('get', '/threads/{thread}/comments', { address: { thread: 'own' } });
  assert.deepEqual(left.json.comments.map((comment) => comment.body_source), ['Not mine']);
});

test('the owner moderates with the token', async () => {
  const token = (await readFile(join(server.data, 'moderation-token'), 'utf8')).trim();
  const headers = { Authorization: `Bearer ${token}` };
  const { json: { comment: { id } } } = await create('owner', 'http://a.example http://b.example http://c.example');
  assert.equal((await call('get', '/moderation/comments', { query: '?status=null', headers })).status, 400);
  const waiting = await call('get', '/moderation/comments', { query: '?status=held', headers });
  assert.equal(waiting.json.comments[0].id, id);
  assert.equal(waiting.json.comments[0].author.email, 'ann@mail.example');
  assert.equal((await call('get', '/moderation/comments', { query: `?before=${'0'.repeat(23)}`, headers })).status, 404);
  const other = await call('put', '/moderation/comments/{id}', { address: { id }, body: { status: 'published' }, headers: { ...headers, 'If-Match': '"0"' } });
  assert.equal(other.json.code, 'edit-conflict'); // not the text that was read
  const moderate = (status, address = { id }) => call('put', '/moderation/comments/{id}', { address, body: { status }, headers });
  assert.equal((await moderate('published')).json.status, 'published');
  assert.equal((await moderate('rejected')).json.status, 'rejected');
  assert.equal((await moderate('deleted')).json.status, 'deleted');
  assert.equal((await moderate('published')).status, 404); // what is erased cannot come back
  assert.equal((await moderate('funny')).status, 422);
  const thread = (state, address = { thread: 'owner' }) => call('put', '/moderation/threads/{thread}', { address, body: { state }, headers });
  assert.equal((await thread('closed')).json.state, 'closed');
  assert.equal((await create('owner', 'too late')).json.code, 'thread-closed');
  assert.equal((await thread('open')).json.state, 'open');
  assert.equal((await thread('ajar')).status, 422);
  assert.equal((await thread('open', { thread: 'd\n' })).status, 404);
  for (const [method, path, address, body] of OWNERS) {
    assert.equal((await call(method, path, { address, body })).status, 401);
    assert.equal((await call(method, path, { address, body, headers: { Authorization: 'Bearer wrong' } })).status, 401);
  }
});

test('previews show what a comment would show', async () => {
  const preview = await call('post', '/preview', { body: { body_source: '<script>x</script>\n\n**b**' } });
  assert.equal(preview.json.body_html, '<p><strong>b</strong></p>\n');
});

const WRITES = [
  ['post', '/threads/{thread}/comments', { thread: 'c' }, { body_source: 'x' }],
  ['put', '/threads/{thread}/reactions/{name}', { thread: 'c', name: 'like' }, { on: true }],
  ['patch', '/comments/{id}', { id: 'x' }, { body_source: 'x' }],
  ['delete', '/comments/{id}', { id: 'x' }, undefined],
  ['put', '/comments/{id}/reactions/{name}', { id: 'x', name: 'like' }, { on: true }],
  ['post', '/preview', {}, { body_source: 'x' }],
  ['post', '/counts', {}, { threads: [] }],
  ['post', '/me/export', {}, { keys: [] }],
  ['post', '/me/delete', {}, { keys: [] }],
  ['post', '/auth/begin', {}, { provider: 'x', return: 'http://localhost/' }],
  ['post', '/auth/redeem', {}, { ticket: 'x', code: 'y' }],
  ['delete', '/session', {}, undefined],
];
const OWNERS = [
  ['get', '/moderation/comments', {}, undefined],
  ['put', '/moderation/comments/{id}', { id: 'x' }, { status: 'held' }],
  ['put', '/moderation/threads/{thread}', { thread: 'c' }, { state: 'open' }],
];
const OTHERS = [
  ['get', '/capabilities', {}],
  ['get', '/threads/{thread}/comments', { thread: 'c' }],
  ['get', '/threads/{thread}/feed.atom', { thread: 'c' }],
  ['get', '/threads/{thread}/feed.json', { thread: 'c' }],
  ['get', '/comments/{id}', { id: 'x' }],
  ['get', '/submissions/{key}', { key: 'submission-0123456789' }],
  ['get', '/me', {}],
  ['get', '/auth/callback', {}],
];

test('every writing address refuses other origins, other media types, other names of the server and broken requests', async () => {
  for (const [method, path, address, body] of [...WRITES, ...OWNERS.slice(1)]) {
    const send = (headers, content = body) => call(method, path, { address, body: content, headers: { 'Idempotency-Key': randomUUID(), ...READER, ...headers } });
    assert.equal((await send({ Origin: 'https://evil.example' })).status, 403);
    if (body === undefined) continue;
    assert.equal((await send({ 'Content-Type': 'text/plain' })).status, 415);
    if (!path.startsWith('/moderation')) assert.equal((await send({}, '{"on":')).status, 422);
  }
  for (const [method, path, address, body] of [...WRITES, ...OWNERS, ...OTHERS]) {
    await rawCall(method, path, address, { Host: 'other.example', ...(body && { 'Content-Type': 'application/json' }) }, body && JSON.stringify(body), 421);
  }
});

// fetch() sets Host and Content-Length by itself.
function rawCall(method, path, address, headers, body, status) {
  const url = new URL(server.api + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(address[name])));
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: url.port, path: url.pathname, method: method.toUpperCase(), headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      try {
        assert.equal(response.statusCode, status);
        resolve(contract.check(method, path, { status, headers: new Headers(response.headers) }, text));
      } catch (error) {
        reject(error);
      }
    });
    request.on('error', reject);
    request.end(body);
  });
}

test('bodies may come in chunks; those that are too long are refused', async () => {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  for (const [method, path, address] of [WRITES[0], WRITES[2], WRITES[5], WRITES[7], WRITES[8], WRITES[9], WRITES[10]]) {
    assert.equal((await call(method, path, { address, body: ' '.repeat(70_000), headers })).status, 413);
    await rawCall(method, path, address, { ...headers, 'Transfer-Encoding': 'chunked' }, ' '.repeat(200_000), 413);
  }
  const chunked = { ...headers, 'Transfer-Encoding': 'chunked' };
  const comment = { body_source: 'In chunks', author: { name: 'Ann' } };
  const created = await rawCall(...WRITES[0].slice(0, 3), chunked, JSON.stringify(comment), 201);
  assert.equal(created.comment.body_source, 'In chunks');
});

test('every refusal has its problem', async () => {
  const thread = { thread: 'd' };
  const bad = await call('post', '/threads/{thread}/comments', { address: thread, body: {}, headers: { 'Idempotency-Key': randomUUID() } });
  assert.deepEqual(bad.json.errors.map((error) => error.pointer), ['/body_source', '/author/name']);
  assert.equal((await create('d', 'x', {}, { 'Idempotency-Key': 'short' })).status, 400);
  assert.equal((await create('d', 'x', { parent: 'gone' })).json.code, 'parent-unknown');
  assert.equal((await create('d\n', 'x')).json.code, 'thread-unknown');
  const { json: { comment: { id }, key } } = await create('d', 'x');
  const own = { 'Comment-Key': key };
  assert.equal((await create('d', 'x', {}, own)).json.code, 'duplicate');
  assert.equal((await create('d', 'x')).status, 201); // somebody else's
  assert.equal((await call('patch', '/comments/{id}', { address: { id }, body: { body_source: 'y' } })).status, 403);
  assert.equal((await call('patch', '/comments/{id}', { address: { id }, body: { body_source: 'y' }, headers: { ...own, 'If-Match': '"0"' } })).status, 412);
  for (const [method, body] of [['get'], ['patch', { body_source: 'y' }], ['delete']]) {
    assert.equal((await call(method, '/comments/{id}', { address: { id: 'nothing' }, body })).json.code, 'comment-unknown');
  }
  assert.equal((await call('put', '/comments/{id}/reactions/{name}', { address: { id: 'nothing', name: 'like' }, body: { on: true }, headers: READER })).status, 404);
  assert.equal((await call('put', '/threads/{thread}/reactions/{name}', { address: { thread: 'd', name: 'hate' }, body: { on: true }, headers: READER })).status, 404);
  assert.equal((await call('get', '/threads/{thread}/comments', { address: thread, query: '?cursor=x' })).status, 400);
  assert.equal((await call('get', '/me')).json.code, 'login-required');
  assert.equal((await call('post', '/auth/redeem', { body: { ticket: 'x', code: 'y' } })).json.code, 'session-expired');
  assert.equal((await call('get', '/auth/callback', { query: '?state=x&code=y' })).status, 400);
  assert.equal((await call('delete', '/session')).status, 401);
  const ended = { Authorization: 'Bearer of-no-session', ...READER };
  assert.equal((await call('delete', '/session', { headers: ended })).json.code, 'session-expired');
  assert.equal((await call('get', '/threads/{thread}/comments', { address: thread, headers: { 'Reader-Key': 'short' } })).status, 422);
  for (const [path, body] of [['/counts', { threads: [1] }], ['/me/export', { keys: [1] }], ['/me/delete', { keys: [{}] }]]) {
    assert.match((await call('post', path, { body })).json.errors[0].pointer, /^\/(threads|keys)\/0$/);
  }
  const odd = { elapsed_ms: 'soon', consent: 1, language: null };
  assert.deepEqual((await call('post', '/threads/{thread}/comments', {
    address: thread, body: { body_source: 'x', author: { name: 'Ann' }, ...odd }, headers: { 'Idempotency-Key': randomUUID() },
  })).json.errors.map((error) => error.pointer).sort(), ['/consent', '/elapsed_ms', '/language']);
  for (const [method, path, address, body] of WRITES.slice(1, 9).filter((write) => !['/preview', '/counts'].includes(write[1]))) {
    const refused = await call(method, path, { address: { ...address, ...(address.id && { id }) }, body, headers: ended });
    assert.equal(refused.json.code, 'session-expired', `${method} ${path}`);
  }
  assert.equal((await call('get', '/threads/{thread}/comments', { address: { thread: 'd\n' } })).status, 404);
});

test('limits answer 429 with the time to wait', async () => {
  const limited = await CommentServer.start('requests_per_minute = 1\nanonymous = false\n');
  try {
    assert.equal((await create('e', 'x', {}, {}, limited)).json.code, 'login-required');
    for (const [method, path, address, body] of [...WRITES, ...OWNERS, ...OTHERS]) {
      const refused = await call(method, path, { address, body, to: limited });
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get('retry-after'), String(refused.json.retry_after));
    }
  } finally {
    await limited.stop();
  }
});

test('nothing of the contract was left unasked', () => {
  // 503 needs a broken database, which the unit tests have; signing in needs a provider, which sign_in.test.mjs has.
  assert.deepEqual(contract.unseen().filter((answer) => !answer.endsWith(' 503') && !SIGNED_IN.includes(answer)), []);
});
