// Background Sync: a comment that waits for the network is sent by the service worker when no page of the blog is open, and once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startCommentSite } from './support/comment_site.mjs';
import { poll } from './support/bounds.mjs';
import { specFor } from './support/chromium.mjs';
import { idleWorkDone, until } from './support/offline_page_objects.mjs';
import { ConversationPage } from './conversation_page.mjs';

const PATH = 'posts/reading-a-file/';
const TAG = 'octavo-outbox';
const commentTest = specFor(startCommentSite);
const options = { context: { serviceWorkers: 'allow' }, errors: [/Failed to load resource|ERR_/] };

async function storedTexts(site) {
  const { stdout } = await promisify(execFile)('sqlite3', ['-json', join(site.data, 'comments.db'), 'SELECT source FROM comments']);
  return JSON.parse(stdout || '[]').map(({ source }) => source);
}

// A comment written while the server cannot be reached, and a browser that knows that it must be sent later.
async function writeInVain(page, site, text) {
  const conversation = new ConversationPage(page, site.url);
  await conversation.openPost(PATH);
  await idleWorkDone(page);
  site.proxy.decide = () => 'cut-before';
  await conversation.write(text);
  await conversation.send();
  await until(page, async (tag) => (await (await navigator.serviceWorker.ready).sync.getTags()).includes(tag), TAG);
  return conversation;
}

// As the browser does it when it has a network again. Needs a page that is not the blog's.
async function dispatchSync(context, site) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const registrations = [];
  session.on('ServiceWorker.workerRegistrationUpdated', (event) => registrations.push(...event.registrations));
  await session.send('ServiceWorker.enable');
  const { registrationId } = await poll(() => registrations.find(({ scopeURL }) => scopeURL === site.url), 'the worker is registered');
  await session.send('ServiceWorker.dispatchSyncEvent', { origin: new URL(site.url).origin, registrationId, tag: TAG, lastChance: false });
  await page.close();
}

// How many comments have reached the server since.
function sentAfter(site, asked) {
  return site.proxy.requests.slice(asked).filter(({ method, path, fault }) => method === 'POST' && path.endsWith('comments') && fault === null).length;
}

async function untilStored(site, texts) {
  await poll(async () => (await storedTexts(site)).length >= texts.length, `${texts.length} comments are stored`);
  assert.deepEqual((await storedTexts(site)).sort(), [...texts].sort());
}

commentTest('with no page open the worker sends what waits, and the next page knows', async ({ page, context, site }) => {
  const before = await storedTexts(site);
  const asked = site.proxy.requests.length;
  await writeInVain(page, site, 'Written in a tunnel');
  await page.close();
  site.proxy.decide = () => null;
  await dispatchSync(context, site);
  await untilStored(site, [...before, 'Written in a tunnel']);
  const later = new ConversationPage(await context.newPage(), site.url);
  await later.openPost(PATH);
  await later.expectComment('Written in a tunnel');
  assert.equal(sentAfter(site, asked), 1);
}, options);

commentTest('a page and the worker that both want to send leave one comment', async ({ page, context, site }) => {
  const before = await storedTexts(site);
  const asked = site.proxy.requests.length;
  const conversation = await writeInVain(page, site, 'Written on a bridge');
  site.proxy.decide = () => null;
  await Promise.all([dispatchSync(context, site), page.evaluate(() => window.dispatchEvent(new Event('online')))]);
  await conversation.expectComment('Written on a bridge');
  await dispatchSync(context, site);
  await untilStored(site, [...before, 'Written on a bridge']);
  assert.equal(sentAfter(site, asked), 1);
}, options);

commentTest('an answer that is lost on the way to the worker leads to no second comment', async ({ page, context, site }) => {
  const before = await storedTexts(site);
  await writeInVain(page, site, 'Written in a lift');
  await page.close();
  site.proxy.decide = ({ method }) => (method === 'POST' ? 'cut-after' : null);
  await dispatchSync(context, site);
  await untilStored(site, [...before, 'Written in a lift']);
  site.proxy.decide = () => null;
  await dispatchSync(context, site);
  const later = new ConversationPage(await context.newPage(), site.url);
  await later.openPost(PATH);
  await later.expectComment('Written in a lift');
  await untilStored(site, [...before, 'Written in a lift']);
}, options);
