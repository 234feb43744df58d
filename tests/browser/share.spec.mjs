// A link that is shared with the blog becomes the draft of a comment, below the post that the reader chooses, whatever is shared.
import assert from 'node:assert/strict';
import { startCommentSite } from './support/comment_site.mjs';
import { specFor } from './support/chromium.mjs';
import { ConversationPage } from './conversation_page.mjs';

const PATH = 'posts/reading-a-file/';
const shareTest = specFor(startCommentSite);

function share(page, site, shared) {
  return page.goto(`${site.url}share.html?${new URLSearchParams(shared)}`);
}

// Whether anything is kept for the site.
async function hasStore(page) {
  return page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name.endsWith('conversation')));
}

shareTest('a link from elsewhere goes below the post that is chosen, and waits there to be finished', async ({ page, site }) => {
  await share(page, site, { title: 'A page', text: 'Worth reading', url: 'https://example.org/page' });
  await page.getByText('Worth reading').waitFor();
  const posts = page.getByRole('main').getByRole('listitem');
  await posts.nth(3).waitFor();
  await page.getByRole('searchbox').fill('READING A');
  await page.waitForFunction(() => document.querySelectorAll('main li').length === 1);
  assert.equal(await hasStore(page), false);
  await posts.getByRole('button').click();
  await page.waitForURL(`${site.url}${PATH}#reply`);
  const conversation = new ConversationPage(page, site.url);
  await conversation.expectDraft('Worth reading\n\nhttps://example.org/page');
  // It is a draft like any other: another one goes beside it.
  await share(page, site, { text: 'Another https://example.org/other' });
  await page.getByRole('searchbox').fill('reading a');
  await posts.getByRole('button').click();
  await page.waitForURL(`${site.url}${PATH}#reply`);
  await conversation.expectDraft('Worth reading\n\nhttps://example.org/page');
  const { drafts } = await conversation.kept();
  assert.deepEqual(drafts.map(({ text }) => text).sort(), ['Another https://example.org/other', 'Worth reading\n\nhttps://example.org/page']);
});

shareTest('a link to a post of the blog offers that post', async ({ page, site }) => {
  await share(page, site, { text: `Is this right? ${site.url}${PATH}#end` });
  const posts = page.getByRole('main').getByRole('listitem');
  await posts.first().waitFor();
  assert.equal(await posts.count(), 1);
  assert.equal(await hasStore(page), false);
  await posts.getByRole('button').click();
  await page.waitForURL(`${site.url}${PATH}#reply`);
  await new ConversationPage(page, site.url).expectDraft('Is this right?');
});

const HOSTILE = {
  'markup is text': [{ text: '<img src=x onerror=alert(1)><script>alert(2)</script>' }, '<img src=x onerror=alert(1)><script>alert(2)</script>'],
  'a script is no link': [{ text: 'Look', url: 'javascript:alert(1)' }, 'Look'],
  'a link to another blog is no path of this one': [{ url: 'https://evil.example/posts/reading-a-file/' }, 'https://evil.example/posts/reading-a-file/'],
};
for (const [name, [shared, text]] of Object.entries(HOSTILE)) {
  shareTest(`what is shared can be anything: ${name}`, async ({ page, site }) => {
    await share(page, site, shared);
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    const shown = page.locator('main blockquote');
    assert.equal(await shown.textContent(), text);
    assert.equal(await shown.evaluate((element) => element.childElementCount), 0);
    assert.equal(page.url().split('?')[0], `${site.url}share.html`);
    assert.equal(await hasStore(page), false);
  });
}

shareTest('nothing shared says so', async ({ page, site }) => {
  await page.goto(`${site.url}share.html`);
  await page.getByText('Nothing was shared.').waitFor();
});
