// The conversation below a post: read, write, reply, preview, like; and what survives a reload.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { specFor } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { watchPainting } from './support/painted_words.mjs';
import { ConversationPage } from './conversation_page.mjs';

const DAY_MS = 24 * 3600 * 1000;
const POSTS = ['posts/reading-a-file/', 'posts/many-scripts/', 'posts/every-element/'];
// What the browser logs about requests that a test has broken.
const NETWORK = { errors: [/Failed to load resource/, /CORS/] };

let site;
const siteTest = specFor(async () => (site = await startCommentSite()));

function conversationTest(name, body, options = {}) {
  siteTest(
    name,
    async (given) => {
      site.proxy.decide = () => null;
      await body({ ...given, conversation: new ConversationPage(given.page, site.url) });
    },
    options,
  );
}

const list = async (thread) => (await (await fetch(`${site.api}threads/${thread}/comments?limit=200`)).json()).comments;

conversationTest('nothing is asked of the comment server before somebody comes near', async ({ conversation, page }) => {
  const before = site.proxy.requests.length;
  await page.setViewportSize({ width: 1000, height: 400 });
  await conversation.open(POSTS[2]);
  await conversation.settle();
  assert.deepEqual(site.proxy.requests.slice(before), []);
  await conversation.goToComments();
  assert.ok(site.proxy.requests.length > before);
});

conversationTest('a comment is written, previewed, sent and answered', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[0]);
  await conversation.write('Hello *there*, **all** of you');
  await conversation.formButton('Preview').click();
  await conversation.form.getByRole('article', { name: 'Preview' }).getByText('there').waitFor();
  assert.equal(await conversation.form.getByRole('article').locator('em').innerText(), 'there');
  await conversation.send();
  await conversation.expectComment('Hello there');
  await conversation.comment('Hello there').getByRole('button', { name: 'Reply to Ann Reader' }).waitFor();
  assert.equal((await conversation.draft()).text, '');

  await conversation.comment('Hello there').getByRole('button', { name: 'Reply to Ann Reader' }).click();
  await conversation.form.page().getByRole('heading', { name: 'Reply to Ann Reader' }).waitFor();
  await conversation.write('And hello to you', 'Bob');
  await conversation.send();
  await conversation.comment('Hello there').getByRole('button', { name: 'Reply to Bob' }).waitFor();

  const [first, second] = await list('reading-a-file');
  assert.equal(first.body_source, 'Hello *there*, **all** of you');
  assert.equal(second.parent, first.id);
  // After a reload, the server says so.
  await page.reload();
  await conversation.goToComments();
  await conversation.comment('Hello there').getByRole('article').getByText('And hello to you').waitFor();
});

conversationTest('words and letters of the conversation lie in register', async ({ conversation, page }) => {
  await page.addInitScript(watchPainting);
  await conversation.openPost(POSTS[1]);
  await conversation.write('Some text with a [link](https://example.org/) and `code`.');
  await conversation.formButton('Preview').click();
  await conversation.form.getByRole('article', { name: 'Preview' }).getByText('link').waitFor();
  await conversation.scrollTo(0);
  await conversation.expectInRegister(POSTS[1]);
});

conversationTest('a draft survives a reload with its caret, and each place has its own', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[1]);
  await conversation.field('Comment').pressSequentially('Draft of mine');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('!');
  await conversation.expectKept();
  await page.reload();
  await conversation.goToComments();
  await conversation.expectDraft('Draft of min!e');
  assert.deepEqual(await conversation.draft(), { text: 'Draft of min!e', caret: [13, 13] });
});

conversationTest('without a network a comment waits in its place and goes out when there is one', async ({ conversation, context }) => {
  await conversation.openPost(POSTS[1]);
  await context.setOffline(true);
  await conversation.write('Sent without a network');
  await conversation.send();
  await conversation.expectState('Sent without a network', /Not sent yet/);
  await context.setOffline(false);
  await conversation.comment('Sent without a network').getByRole('button', { name: /^Reply to/ }).waitFor();
});

conversationTest('what a dead server was sent waits in its place, also after a reload, and goes out once', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[1]);
  site.proxy.decide = ({ method, path }) => (method === 'POST' || path.includes('/submissions/') ? 'cut-before' : null);
  await conversation.write('Sent to a dead server');
  await conversation.send();
  await conversation.expectState('Sent to a dead server', /may have arrived.* Next try at/);
  await page.reload();
  await conversation.goToComments();
  await conversation.expectState('Sent to a dead server', /may have arrived/);
  site.proxy.decide = () => null;
  await conversation.comment('Sent to a dead server').getByRole('button', { name: /^Reply to/ }).waitFor();
  const stored = (await list('many-scripts')).filter(({ body_source: text }) => text === 'Sent to a dead server');
  assert.equal(stored.length, 1);
  const record = (await conversation.kept()).records.find(({ comment }) => comment === stored[0].id);
  assert.deepEqual([record.state, record.text], ['published', undefined]);
}, NETWORK);

conversationTest('a lost answer is asked for, not sent again', async ({ conversation }) => {
  await conversation.openPost(POSTS[0]);
  let cuts = 1;
  let goOn;
  const isSeen = new Promise((resolve) => (goOn = resolve));
  site.proxy.decide = ({ method, path }) => {
    if (method === 'POST') return cuts-- > 0 ? 'cut-after' : null;
    return path.includes('/submissions/') ? isSeen.then(() => null) : null;
  };
  const before = site.proxy.requests.length;
  await conversation.write('The answer to this is lost');
  await conversation.send();
  await conversation.expectState('The answer to this is lost', /may have arrived/);
  goOn();
  await conversation.comment('The answer to this is lost').getByRole('button', { name: /^Reply to/ }).waitFor();
  const calls = site.proxy.requests.slice(before).filter(({ method, path }) => method === 'POST' || path.includes('/submissions/'));
  assert.deepEqual(calls.map(({ method }) => method), ['POST', 'GET']);
}, NETWORK);

conversationTest('a thread seen before is there when its server is not, with its age', async ({ conversation, page }) => {
  await fetch(`${site.api}threads/every-element/comments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"seen-before-0123456789abcdef"' },
    body: JSON.stringify({ body_source: 'Seen before.', author: { name: 'Ann' } }),
  });
  await conversation.openPost(POSTS[2]);
  await conversation.expectComment('Seen before.');
  site.proxy.decide = () => 'cut-before';
  await page.reload();
  await conversation.goToComments();
  await conversation.thread.getByText(/^As of /).waitFor();
  await conversation.expectComment('Seen before.');
  site.proxy.decide = () => null;
  await conversation.thread.getByRole('button', { name: 'Try again' }).click();
  await conversation.thread.getByText(/^As of /).waitFor({ state: 'detached' });
}, NETWORK);

conversationTest('the field grows with its text, and says when there is too much', async ({ conversation }) => {
  await conversation.openPost(POSTS[2]);
  const field = conversation.field('Comment');
  const height = () => field.evaluate((element) => element.getBoundingClientRect().height);
  const before = await height();
  await field.fill('line\n'.repeat(14));
  await conversation.page.waitForFunction((least) => document.querySelector('.composer textarea').clientHeight > least, before);
  assert.equal(await field.evaluate((element) => element.scrollHeight <= element.clientHeight + 1), true);
  await field.fill('x'.repeat(8001));
  await conversation.form.getByText('1 character too many').waitFor();
  await conversation.write('x'.repeat(8001));
  await conversation.send();
  await conversation.form.getByRole('alert').waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
});

conversationTest('two windows that write in one place keep both texts', async ({ conversation, context }) => {
  await conversation.openPost(POSTS[2]);
  const other = new ConversationPage(await context.newPage(), site.url);
  await other.openPost(POSTS[2]);
  await conversation.field('Comment').pressSequentially('From the first window');
  await conversation.expectKept();
  await other.field('Comment').pressSequentially('From the second window');
  await other.form.getByText(/Another window of this browser/).waitFor();
  await other.expectKept();
  const texts = (await other.kept()).drafts.map(({ text }) => text).sort();
  assert.deepEqual(texts, ['From the first window', 'From the second window']);
  await other.formButton('Add the other text to mine').click();
  await other.expectDraft('From the second window\n\nFrom the first window');
});

conversationTest('comments that the build knew are on the page before any server is asked, and stay', async ({ conversation, page }) => {
  const path = 'posts/hope-and-stem-cells/';
  await page.addInitScript(watchPainting);
  const earlier = page.getByRole('region', { name: 'Earlier comments' });
  const answer = earlier.getByRole('article', { name: 'Comment by The Editor' });
  await conversation.open(path);
  await earlier.getByRole('heading', { name: '4 earlier replies' }).waitFor();
  assert.match(await answer.innerText(), /^The Editor · 15 May 2010, 07:45/);
  await conversation.goToComments();
  await page.getByRole('heading', { name: 'No newer replies yet' }).waitFor();
  assert.equal(await earlier.getByRole('article').count(), 4);
  await answer.scrollIntoViewIfNeeded();
  await conversation.expectInRegister(path);
  await conversation.write('Ten years later');
  await conversation.send();
  await page.getByRole('heading', { name: '1 newer reply' }).waitFor();
  assert.equal(await earlier.getByRole('article').count(), 4);
});

conversationTest('what is kept can be listed, exported, cleared and imported', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[0]);
  await conversation.field('Comment').fill('Kept for later');
  await conversation.expectKept();
  const before = await conversation.kept();
  await conversation.button(/Drafts and comments kept here/).click();
  const download = page.waitForEvent('download');
  await conversation.button('Export').click();
  const file = join(tmpdir(), `octavo-export-${process.pid}.json`);
  await (await download).saveAs(file);
  await conversation.button('Discard').first().click();
  await conversation.expectDraft('');
  assert.deepEqual((await conversation.kept()).drafts, []);
  await conversation.import(file);
  await conversation.expectDraft('Kept for later');
  assert.deepEqual((await conversation.kept()).drafts, before.drafts);
});

conversationTest('drafts from files go beside the existing ones, each once; any other file is refused', async ({ conversation, page }) => {
  const file = (name, content) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  const draft = { slot: `${POSTS[0]}\n`, page: POSTS[0], parent: '', title: 'A post', at: 1, revision: 1 };
  const withText = (text) => file(`${text}.json`, JSON.stringify({ format: 'octavo-conversation', version: 1, drafts: [{ ...draft, text }], records: [] }));
  await conversation.openPost(POSTS[0]);
  await conversation.field('Comment').fill('Mine');
  await conversation.expectKept();
  assert.equal((await conversation.kept()).drafts[0].slot, draft.slot);
  await conversation.button(/Drafts and comments kept here/).click();
  const reply = page.locator('#reply');
  for (const text of ['From the phone', 'From the phone', 'From the office']) {
    await conversation.import(withText(text));
    await reply.getByText('Imported. Drafts: 1, comments: 0.').waitFor();
    await reply.getByText(text).waitFor();
    await conversation.expectDraft('Mine');
  }
  const texts = async () => (await conversation.kept()).drafts.map(({ text }) => text).sort();
  assert.deepEqual(await texts(), ['From the office', 'From the phone', 'Mine']);
  await conversation.import(file('holiday.json', '{"photos":[]}'));
  await reply.getByText(/^Nothing was imported: Export/).waitFor();
  await conversation.expectDraft('Mine');
  assert.equal((await texts()).length, 3);
});

conversationTest('a browser that keeps nothing says so before it costs anything', async ({ conversation, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await conversation.openPost(POSTS[0]);
  await conversation.form.getByText(/This browser keeps nothing/).waitFor();
  await conversation.write('Sent all the same');
  await conversation.send();
  await conversation.comment('Sent all the same').getByRole('button', { name: /^Reply to/ }).waitFor();
});

conversationTest('a store that was cleared silently is noticed', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[0]);
  await conversation.field('Comment').fill('Soon gone');
  await conversation.expectKept();
  await page.goto(`${site.url}octavo.json`);
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      });
    }
  });
  await conversation.openPost(POSTS[0]);
  await conversation.form.getByText(/has cleared what it kept/).waitFor();
  // A plain file has no icon of its own.
}, NETWORK);

conversationTest('the whole way goes by keyboard, and is said to screen readers', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[2]);
  await conversation.field('Comment').focus();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Control+A');
  await conversation.tabTo('Bold');
  await page.keyboard.press('Enter');
  await conversation.expectDraft('**By keyboard**');
  await page.keyboard.press('Control+Z');
  await conversation.expectDraft('By keyboard');
  await conversation.field('Name').focus();
  await page.keyboard.press('Control+Enter');
  await conversation.form.getByRole('alert').waitFor();
  assert.equal(await conversation.field('Name').getAttribute('aria-invalid'), 'true');
  await page.keyboard.type('Kay Board');
  await page.keyboard.press('Control+Enter');
  await conversation.expectAnnounced('Published.');
  await conversation.expectComment('By keyboard');
});

// Sends a comment and waits until it is public.
async function writeOwn(conversation, text) {
  await conversation.openPost(POSTS[2]);
  await conversation.write(text);
  await conversation.send();
  await conversation.comment(text).getByRole('button', { name: 'Edit your comment' }).waitFor();
}

conversationTest('one\'s own comment is edited by keyboard, and what becomes of it is said', async ({ conversation, page }) => {
  await writeOwn(conversation, 'With a mistaek');
  await conversation.comment('With a mistaek').getByRole('button', { name: 'Edit your comment' }).press('Enter');
  await conversation.expectDraft('With a mistaek');
  await page.getByRole('heading', { name: 'Edit your comment' }).waitFor();
  assert.equal(await conversation.field('Name').count(), 0);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Without a mistake');
  await page.keyboard.press('Control+Enter');
  await conversation.expectAnnounced('Changed.');
  await conversation.comment('Without a mistake').getByText('edited').waitFor();
  await conversation.expectFocusedComment('Without a mistake');
  await page.getByRole('heading', { name: 'Leave a Reply' }).waitFor();
  const [stored] = (await list('every-element')).filter(({ body_source: text }) => text === 'Without a mistake');
  assert.equal(stored.edit_count, 1);
  assert.deepEqual((await conversation.kept()).drafts.filter(({ text }) => text.includes('mista')), []);
});

conversationTest('a button that has the focus keeps it when the thread takes the comment up', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[2]);
  let goOn;
  const isFocused = new Promise((resolve) => (goOn = resolve));
  site.proxy.decide = ({ method, path }) => (method === 'GET' && path.includes('/comments?') ? isFocused.then(() => null) : null);
  await conversation.write('Taken up by the thread');
  await conversation.send();
  const own = conversation.comment('Taken up by the thread');
  await own.getByRole('button', { name: 'Edit your comment' }).focus();
  assert.equal(await own.getByRole('button', { name: /^Reply to/ }).count(), 0, 'the thread has the comment already');
  goOn();
  await own.getByRole('button', { name: /^Reply to/ }).waitFor();
  assert.equal(await conversation.focusedName(), 'Edit');
  assert.ok(await own.evaluate((comment) => comment.contains(document.activeElement)));
  await page.keyboard.press('Enter');
  await conversation.expectDraft('Taken up by the thread');
});

conversationTest('an edit stays a draft until the server has it, and a lost answer is looked up', async ({ conversation, context, page }) => {
  await writeOwn(conversation, 'First version');
  await conversation.comment('First version').getByRole('button', { name: 'Edit your comment' }).click();
  await conversation.expectDraft('First version');
  await conversation.field('Comment').fill('Second version');
  await conversation.expectKept();
  await context.setOffline(true);
  await conversation.formButton('Save Changes').click();
  await conversation.form.getByText(/Not saved: there is no network/).waitFor();
  await context.setOffline(false);
  await page.reload();
  await conversation.goToComments();
  await conversation.comment('First version').getByRole('button', { name: 'Edit your comment' }).click();
  await conversation.expectDraft('Second version');

  site.proxy.decide = ({ method }) => (method === 'PATCH' || method === 'GET' ? 'cut-before' : null);
  await conversation.formButton('Save Changes').click();
  await conversation.form.getByText(/nobody knows whether the change has arrived/).waitFor();
  site.proxy.decide = ({ method }) => (method === 'PATCH' ? 'cut-after' : null);
  const before = site.proxy.requests.length;
  await conversation.formButton('Save Changes').click();
  await conversation.expectAnnounced('Changed.');
  await conversation.expectComment('Second version');
  const calls = site.proxy.requests.slice(before).filter(({ path }) => path.includes('/v1/comments/'));
  assert.deepEqual(calls.map(({ method }) => method), ['PATCH', 'GET']);
}, NETWORK);

conversationTest('one\'s own comment is deleted after asking once more in its place', async ({ conversation, page }) => {
  await writeOwn(conversation, 'Better not said');
  const comment = conversation.comment('Better not said');
  await comment.getByRole('button', { name: 'Delete your comment' }).focus();
  await page.keyboard.press('Enter');
  await conversation.expectAnnounced('Delete this comment for good?');
  await comment.getByRole('button', { name: 'Delete your comment', pressed: true }).waitFor();
  site.proxy.decide = ({ method }) => (method === 'DELETE' ? 'cut-before' : null);
  await conversation.tabTo('Yes, delete it');
  await page.keyboard.press('Enter');
  await comment.getByText('The comment is still there. Try again.').waitFor();
  site.proxy.decide = ({ method }) => (method === 'DELETE' ? 'cut-after' : null);
  await comment.getByRole('button', { name: 'Yes, delete it' }).click();
  await conversation.expectAnnounced('Deleted.');
  await conversation.comment('This comment was deleted.').waitFor();
  await conversation.expectFocusedComment('This comment was deleted.');
  assert.equal((await list('every-element')).some(({ body_source: text }) => text === 'Better not said'), false);
  while ((await conversation.kept()).records.length > 0) await conversation.settle();
}, NETWORK);

conversationTest('the time for changes is right under a wrong clock', async ({ conversation, page }) => {
  for (const minutes of [-10, 10]) {
    await page.clock.setSystemTime(new Date(Date.now() + minutes * 60_000));
    await writeOwn(conversation, `Written at another time, ${minutes}`);
    const line = conversation.comment(`another time, ${minutes}`).getByText(/You can edit this until/);
    const [stored] = (await list('every-element')).filter(({ body_source: text }) => text.endsWith(`another time, ${minutes}`));
    // By the reader's clock, even if it is wrong: the remaining time counts.
    const expected = Date.parse(stored.created) + 900_000 + minutes * 60_000;
    const [, hours, mins, seconds] = (await line.innerText()).match(/(\d+):(\d+):(\d+)/).map(Number);
    const shown = new Date(expected);
    shown.setHours(hours, mins, seconds, 0);
    // The answer may have taken long, but not as long as the clock is wrong. Midnight may be between the two.
    const difference = Math.abs(shown - expected);
    assert.ok(Math.min(difference, Math.abs(difference - DAY_MS)) < (Math.abs(minutes) * 60_000) / 2, `${shown} ${new Date(expected)}`);
  }
});

conversationTest('axe finds nothing wrong with the conversation', async ({ conversation, page }) => {
  await writeOwn(conversation, 'Looked at by axe');
  await conversation.comment('Looked at by axe').getByRole('button', { name: 'Delete your comment' }).click();
  await conversation.comment('Looked at by axe').getByRole('button', { name: 'Yes, delete it' }).waitFor();
  await conversation.send();
  await conversation.form.getByRole('alert').waitFor();
  await conversation.formButton('Preview').click();
  await conversation.form.getByRole('article', { name: 'Preview' }).waitFor();
  const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  // Through the debugger, which the page's policy says nothing about. The canvas paints the text's colors.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const result = await window.axe.run('main', { rules: { 'color-contrast': { enabled: false } } });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
  assert.deepEqual(violations, []);
});

conversationTest('a like is sent once, counted, and taken back', async ({ conversation, page }) => {
  await conversation.openPost(POSTS[0]);
  await conversation.button('Like').click();
  await conversation.expectText('You like this.');
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('like-sent')));
  const response = await fetch(`${site.api}threads/reading-a-file/comments`);
  assert.equal((await response.json()).thread.reactions.like, 1);
  await page.reload();
  await conversation.goToComments();
  await conversation.expectText('You like this.');
  await conversation.button('Like').click();
  await conversation.expectText('Be the first to like this.');
});

conversationTest('hostile comments stay text', async ({ conversation, page }) => {
  const hostile = [
    '<script>window.harmed = 1</script><img src=x onerror="window.harmed = 2"><svg onload="window.harmed = 3">',
    '[a](javascript:window.harmed=4) <a href="data:text/html,x">b</a> ![c](https://tracker.example/pixel.gif)',
    `${'> '.repeat(900)}deep`,
  ];
  for (const [i, text] of hostile.entries()) {
    await fetch(`${site.api}threads/many-scripts/comments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"hostile-${i}-0123456789abcdef"` },
      body: JSON.stringify({ body_source: text, author: { name: `\u202E<b>evil ${i}</b>` } }),
    });
  }
  const outside = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith(site.proxy.url)) outside.push(request.url());
  });
  await conversation.openPost(POSTS[1]);
  await conversation.expectComment('evil 0');
  await conversation.settle();
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  assert.deepEqual(outside, []);
  const links = await conversation.thread.locator('a[href]').evaluateAll((all) => all.map((link) => new URL(link.href).protocol));
  assert.deepEqual([...new Set(links)].filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol)), []);
});

conversationTest('more of a long thread comes with a button, newest first with another', async ({ conversation }) => {
  for (let i = 0; i < 103; ++i) {
    await fetch(`${site.api}threads/small-screens/comments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"long-${i}-0123456789abcdef"` },
      body: JSON.stringify({ body_source: `Number ${i}.`, author: { name: 'Ann' } }),
    });
  }
  await conversation.openPost('posts/small-screens/');
  await conversation.thread.getByRole('heading', { name: '103 Replies' }).waitFor();
  await conversation.expectComment('Number 99.');
  assert.equal(await conversation.thread.getByText('Number 100.').count(), 0);
  await conversation.button('More comments').click();
  await conversation.expectComment('Number 102.');
  assert.equal(await conversation.button('More comments').count(), 0);
  await conversation.button('Newest first').click();
  await conversation.page.waitForFunction(() => document.querySelector('#comments article').textContent.includes('Number 102.'));
});
