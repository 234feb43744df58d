// Signing in to comment, with a real OpenID provider: in a separate window and in the same one; the typed text, the caret and the
// place in the page stay.
import assert from 'node:assert/strict';
import { signInAtProvider } from '../comments/support/identity_provider.mjs';
import { specFor } from './support/chromium.mjs';
import { startSignInSite } from './support/sign_in_site.mjs';
import { ConversationPage } from './conversation_page.mjs';

const PATH = 'posts/reading-a-file/';
const TEXT = 'Half a thought, and more';

let site;
const siteTest = specFor(async () => (site = await startSignInSite()));

const signInTest = (name, body, options) =>
  siteTest(name, (given) => body({ ...given, conversation: new ConversationPage(given.page, site.url) }), options);

async function write(conversation, page) {
  await conversation.openPost(PATH);
  await conversation.formButton('Log in with Example').waitFor();
  await conversation.field('Comment').fill(TEXT);
  await conversation.field('Comment').evaluate((field) => field.setSelectionRange(4, 6));
  await page.keyboard.press('Shift+ArrowRight');
  await conversation.formButton('Log in with Example').scrollIntoViewIfNeeded();
  return page.evaluate(() => window.scrollY);
}

signInTest('in a window of its own: the page stays as it is, and the comment has the name', async ({ conversation, page, context }) => {
  const scrollY = await write(conversation, page);
  const opened = context.waitForEvent('page');
  await conversation.formButton('Log in with Example').click();
  const popup = await opened;
  await conversation.form.getByText('Connecting to Example …').waitFor();
  const closed = popup.waitForEvent('close');
  await signInAtProvider(popup, 'ann');
  await closed;
  await conversation.form.getByText(/ann of \d+, signed in with Example$/).waitFor();
  await page.waitForFunction(() => document.querySelector('.composer img')?.naturalWidth === 64);
  assert.equal((await conversation.draft()).text, TEXT);
  assert.deepEqual((await conversation.draft()).caret, [4, 7]);
  assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - scrollY) <= 60, 'the page has moved');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'octavo-text');
  assert.equal(await conversation.field('Name').count(), 0);
  await conversation.send();
  // It can be answered once the server has it.
  await conversation.comment(TEXT).getByRole('button', { name: /^Reply to ann/ }).waitFor();
  const [comment] = (await (await fetch(`${site.api}threads/reading-a-file/comments`)).json()).comments;
  assert.equal(comment.author.kind, 'member');
  assert.match(comment.author.name, /^ann of/);

  // The session is there after a reload, and ends when it is told to.
  await page.reload();
  await conversation.goToComments();
  await conversation.form.getByText('signed in with Example').waitFor();
  await page.waitForFunction(() => document.querySelector('.composer img')?.naturalWidth === 64);
  await conversation.formButton('Log Out').click();
  await conversation.formButton('Log in with Example').waitFor();
});

signInTest('in the same window where none may be opened: text, caret and place come back', async ({ conversation, page }) => {
  await page.addInitScript(() => { window.open = () => null; });
  const scrollY = await write(conversation, page);
  await conversation.expectKept();
  await conversation.formButton('Log in with Example').click();
  await page.waitForURL(`${site.identity.issuer}/**`);
  await signInAtProvider(page, 'bob');
  await page.waitForURL(`${site.url}**`);
  await conversation.form.getByText(/bob of \d+, signed in with Example$/).waitFor();
  assert.equal(new URL(page.url()).hash, '');
  assert.equal((await conversation.draft()).text, TEXT);
  assert.deepEqual((await conversation.draft()).caret, [4, 7]);
  assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - scrollY) <= 60, 'the page has moved');
}, { errors: [/ERR_NAME_NOT_RESOLVED/] }); // the provider's pages ask for a font of another host

signInTest('whoever declines or cancels loses nothing', async ({ conversation, page, context }) => {
  await write(conversation, page);
  const decline = async (popup) => {
    const closed = popup.waitForEvent('close');
    await popup.getByRole('link', { name: /cancel/i }).click();
    await closed;
    await conversation.form.getByText('You are not signed in: you declined at Example').waitFor();
  };
  const cancel = () => conversation.formButton('Cancel').click();
  for (const end of [decline, cancel]) {
    const opened = context.waitForEvent('page');
    await conversation.formButton('Log in with Example').click();
    const popup = await opened;
    await popup.waitForURL(`${site.identity.issuer}/**`);
    await end(popup);
    await conversation.formButton('Log in with Example').waitFor();
    assert.equal((await conversation.draft()).text, TEXT);
  }
});

signInTest('two windows that sign in at once get their own answers', async ({ conversation, page, context }) => {
  await write(conversation, page);
  const other = new ConversationPage(await context.newPage(), site.url);
  await other.openPost('posts/many-scripts/');
  await other.formButton('Log in with Example').waitFor();
  const popups = [];
  for (const each of [conversation, other]) {
    await each.page.bringToFront();
    const opened = context.waitForEvent('page');
    await each.formButton('Log in with Example').click();
    popups.push(await opened);
    await popups.at(-1).locator('input[name=login]').waitFor();
  }
  const closed = popups[1].waitForEvent('close');
  await signInAtProvider(popups[1], 'eve');
  await closed;
  await other.form.getByText(/eve of .*, signed in with/).waitFor();
  // Her avatar is on a host that the owner has not named, so it is not requested.
  assert.equal(await other.form.locator('strong').innerText(), `e${new URL(site.identity.issuer).port[0]}`);
  assert.equal(await other.form.locator('img').count(), 0);
  await conversation.form.getByText('Connecting to Example …').waitFor();
});
