// A browser whose owner allows neither blog nor comments server to keep anything: no cookie, no storage, no database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signInAtProvider } from '../comments/support/identity_provider.mjs';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromiumWith } from './support/chromium.mjs';
import { startSignInSite } from './support/sign_in_site.mjs';
import { ConversationPage } from './conversation_page.mjs';

const BLOCKED = 2;

let site;
let context;
before(async () => {
  site = await startSignInSite();
  const blocked = [site.url, site.proxy.url].map((url) => [`${url.slice(0, -1)},*`, { setting: BLOCKED }]);
  context = await launchChromiumWith({ profile: { content_settings: { exceptions: { cookies: Object.fromEntries(blocked) } } } });
});
after(async () => {
  await context?.close();
  await site?.stop();
});

test('reading, signing in, writing and liking work where nothing can be kept', { timeout: TEST_TIMEOUT_MS }, async () => {
  const page = await context.newPage();
  const failures = [];
  page.on('pageerror', (error) => failures.push(error.message));
  const conversation = new ConversationPage(page, site.url);
  await conversation.openPost('posts/reading-a-file/');
  const denied = await page.evaluate(() => {
    try {
      return localStorage === null;
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(denied, 'SecurityError', 'the browser allows storage');
  await conversation.form.getByText(/This browser keeps nothing/).waitFor();
  await conversation.field('Comment').fill('Nothing is kept here');
  const opened = context.waitForEvent('page');
  await conversation.formButton('Log in with Example').click();
  await signInAtProvider(await opened, 'dan');
  await conversation.form.getByText(/^dan of \d+, signed in with Example$/).waitFor();
  assert.equal((await conversation.draft()).text, 'Nothing is kept here');
  await conversation.send();
  await conversation.comment('Nothing is kept here').getByRole('button', { name: /^Reply to dan/ }).waitFor();
  await conversation.button('Like').click();
  await conversation.expectText('You like this.');
  const { comments } = await (await fetch(`${site.api}threads/reading-a-file/comments`)).json();
  assert.equal(comments.length, 1);
  while ((await (await fetch(`${site.api}threads/reading-a-file/comments`)).json()).thread.reactions.like !== 1) await conversation.settle();
  assert.deepEqual(await context.cookies([site.url, site.proxy.url]), []);
  assert.deepEqual(failures, []);
});
