// Signing in with a real OpenID provider, in a real browser: there, back to the page, and a session without any cookie of ours.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launchChromium } from '../browser/support/chromium.mjs';
import { CommentServer, NO_LIMITS } from './support/comment_server.mjs';
import { Contract, readContract } from './support/contract.mjs';
import { IdentityProvider, signInAtProvider } from './support/identity_provider.mjs';

let identity;
let server;
let browser;
let contract;

before(async () => {
  contract = new Contract(await readContract());
  identity = await IdentityProvider.listen();
  server = await CommentServer.start(
    `${NO_LIMITS}anonymous = false\n[[providers]]\nid = "example"\nlabel = "Example"\nissuer = "${identity.issuer}"\n` +
      'client_id = "blog"\nclient_secret = "a secret of this test only"\n',
  );
  identity.serve({ client_id: 'blog', client_secret: 'a secret of this test only', redirect_uris: [`${server.api}/auth/callback`] });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await identity?.stop();
});

async function call(method, path, { body, headers = {}, address } = {}) {
  const response = await fetch(server.api + (address ?? path), {
    method: method.toUpperCase(),
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, json: contract.check(method, path, response, await response.text()) };
}

// Through the provider's pages and back; returns the fragment that the page is reloaded with.
async function goThere(page, loginUrl, act) {
  await page.goto(loginUrl);
  await act(page);
  await page.waitForURL(/#octavo-sign-in/);
  return new URL(page.url()).hash;
}

test('somebody signs in, comments under their name, and signs out', async () => {
  const { json: capabilities } = await call('get', '/capabilities');
  assert.deepEqual(capabilities.providers, [{ id: 'example', label: 'Example' }]);
  const context = await browser.newContext();
  const page = await context.newPage();
  const { json: begun } = await call('post', '/auth/begin', { body: { provider: 'example', return: `${server.url}/` } });
  const hash = await goThere(page, begun.login_url, (there) => signInAtProvider(there, 'ann'));
  const [, id, code] = /^#octavo-sign-in=([^.]+)\.(.+)$/.exec(hash);
  assert.equal(id, begun.id);
  const { json: session } = await call('post', '/auth/redeem', { body: { ticket: begun.ticket, code } });
  assert.match(session.person.name, /^ann of \d+$/);
  assert.equal(session.person.url, 'https://ann.example/');
  const cookies = await context.cookies(`${server.url}/`);
  assert.deepEqual(cookies.filter(({ path }) => path.startsWith('/_comments')), []);

  const bearer = { Authorization: `Bearer ${session.token}` };
  const created = await call('post', '/threads/{thread}/comments', {
    address: '/threads/a/comments',
    body: { body_source: 'Signed' },
    headers: { ...bearer, 'Idempotency-Key': `"${randomUUID()}"` },
  });
  assert.equal(created.status, 201);
  assert.equal(created.json.comment.author.kind, 'member');
  assert.equal(created.json.comment.author.name, session.person.name);
  assert.equal((await call('get', '/me', { headers: bearer })).json.name, session.person.name);
  assert.equal((await call('delete', '/session', { headers: bearer })).status, 204);
  assert.equal((await call('get', '/me', { headers: bearer })).json.code, 'session-expired');
  assert.equal((await call('get', '/me')).json.code, 'login-required');
  await context.close();
});

test('somebody who declines comes back to the page, and nobody is signed in', async () => {
  const page = await browser.newPage();
  const { json: begun } = await call('post', '/auth/begin', { body: { provider: 'example', return: `${server.url}/` } });
  const hash = await goThere(page, begun.login_url, (there) => there.getByRole('link', { name: /cancel/i }).click());
  assert.equal(hash, `#octavo-sign-in-failed=${begun.id}.denied`);
  assert.equal((await call('post', '/auth/redeem', { body: { ticket: begun.ticket, code: '' } })).json.code, 'session-expired');
  await page.close();
});

test('a page that is not known is refused, and so is a provider that cannot be reached', async () => {
  const foreign = await call('post', '/auth/begin', { body: { provider: 'example', return: 'https://evil.example/' } });
  assert.equal(foreign.status, 422);
  await server.restartWith(`${NO_LIMITS}[[providers]]\nid = "gone"\nissuer = "http://localhost:1"\nclient_id = "blog"\n`);
  const gone = await call('post', '/auth/begin', { body: { provider: 'gone', return: `${server.url}/` } });
  assert.equal(gone.json.code, 'engine-error');
});
