// Leave a Reply on a blog whose comments are in a real WordPress on another origin (tests/support/with_wordpress.sh). Run by
// ./dev test --engines.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { specFor } from '../support/chromium.mjs';
import { startEngineSite } from '../support/engine_site.mjs';
import { ConversationPage } from '../conversation_page.mjs';

const WORDPRESS = process.env.OCTAVO_WORDPRESS;
if (!WORDPRESS) throw new Error('run this with tests/support/with_wordpress.sh');
const API = `${WORDPRESS}/wp-json/wp/v2`;
const [OPEN, CLOSED, WITHOUT_ID] = ['posts/reading-a-file/', 'posts/many-scripts/', 'posts/every-element/'];
// What the browser says of answers that are refusals, and of requests that a test has broken.
const NETWORK = { errors: [/Failed to load resource/, /CORS/] };

let site;
const ids = {};
const siteTest = specFor(async () => {
  for (const slug of ['open', 'closed']) ids[slug] = (await json(`${API}/posts?slug=${slug}`))[0].id;
  site = await startEngineSite({
    settings: (proxy) => `engine = "wordpress"\nendpoint = "${proxy.url}wp-json/"\n`,
    target: WORDPRESS,
    ids: { 'reading-a-file': ids.open, 'many-scripts': ids.closed },
  });
  return site;
});

function wordPressTest(name, body) {
  const given = async ({ page, context }) => {
    site.proxy.decide = () => null;
    site.proxy.requests.length = 0;
    const conversation = new ConversationPage(page, site.url);
    await body({ page, context, conversation });
  };
  siteTest(name, given, NETWORK);
}

// ---- What WordPress has ----------------------------------------------------------------------------------------------------

async function json(url) {
  return (await fetch(url)).json();
}

// The owner's own doing, and what guests cannot see: comments that wait.
async function sql(statement) {
  const options = [`--socket=${process.env.OCTAVO_WORDPRESS_SOCKET}`, '--user=root', '--default-character-set=utf8mb4', '-N', '-B', 'wordpress'];
  return (await promisify(execFile)('mariadb', [...options, '-e', statement])).stdout.trim();
}

// The comments that begin with these letters.
const stored = async (text) => Number(await sql(`SELECT COUNT(*) FROM wp_comments WHERE comment_content LIKE '%${text}%'`));

async function withRule(name, body) {
  const file = join(process.env.OCTAVO_WORDPRESS_RULES, name);
  await writeFile(file, '');
  try {
    await body();
  } finally {
    await rm(file);
  }
}

async function sendTo(conversation, text, name = 'Ann Reader') {
  await conversation.write(text, name);
  await conversation.field('E-mail').fill('ann@mail.example');
  await conversation.send();
}

const posts = () => site.proxy.requests.filter(({ method }) => method === 'POST');
const isPublished = (conversation, text) => conversation.comment(text).getByRole('button', { name: /^Reply to/ }).waitFor();

// ---- Tests -----------------------------------------------------------------------------------------------------------------

wordPressTest('the thread is listed, a comment is sent and answered, and a reload finds both', async ({ conversation, page }) => {
  await sql(`INSERT INTO wp_comments (comment_post_ID, comment_author, comment_content, comment_date, comment_date_gmt, comment_approved, comment_type)
    VALUES (${ids.open}, 'Bob &amp; Cid', 'Was here <em>before</em>.', '2026-11-20 10:00:00', '2026-11-20 10:00:00', '1', 'comment')`);
  await conversation.openPost(OPEN);
  await conversation.comment('Was here before.').getByText('Bob & Cid').waitFor();
  await sendTo(conversation, 'Hello *there*, [a link](https://blog.example/?a=1&b=2) & <b>"marks"</b>');
  await isPublished(conversation, 'Hello there, a link');
  await conversation.comment('Hello there').getByText('(you)').waitFor();
  assert.equal(await conversation.comment('Hello there').locator('em').innerText(), 'there');
  assert.equal(await conversation.comment('Hello there').locator('a[href^="https://blog.example"]').getAttribute('href'), 'https://blog.example/?a=1&b=2');

  await conversation.comment('Hello there').getByRole('button', { name: 'Reply to Ann Reader' }).click();
  await sendTo(conversation, 'And hello to you', 'Bob');
  await isPublished(conversation, 'And hello to you');
  await page.reload();
  await conversation.goToComments();
  await conversation.comment('Hello there').getByRole('article').getByText('And hello to you').waitFor();
  const [reply] = await json(`${API}/comments?post=${ids.open}&search=hello+to+you`);
  const [parent] = await json(`${API}/comments?post=${ids.open}&search=a+link`);
  assert.equal(reply.parent, parent.id);
});

wordPressTest('a held comment says so, is kept in its place, and is public when it has been approved', async ({ conversation, page }) => {
  await conversation.openPost(OPEN);
  await withRule('hold', async () => {
    await sendTo(conversation, 'Waits for the owner');
    await conversation.expectState('Waits for the owner', /appears after the owner has approved it/);
  });
  await page.reload();
  await conversation.goToComments();
  await conversation.expectState('Waits for the owner', /appears after the owner has approved it/);
  await sql("UPDATE wp_comments SET comment_approved = '1' WHERE comment_content LIKE '%Waits for the owner%'");
  await page.reload();
  await conversation.goToComments();
  await isPublished(conversation, 'Waits for the owner');
  const record = (await conversation.kept()).records.find(({ comment }) => comment !== undefined);
  assert.deepEqual([record.state, record.text], ['published', undefined]);
});

wordPressTest('a held comment can be hidden', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  await withRule('hold', async () => {
    await sendTo(conversation, 'Never approved');
    await conversation.expectState('Never approved', /appears after the owner/);
  });
  await conversation.comment('Never approved').getByRole('button', { name: 'Hide' }).click();
  await conversation.comment('Never approved').waitFor({ state: 'detached' });
  assert.equal(await stored('Never approved'), 1);
});

wordPressTest('the same text again is not there twice, and the reader is told', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  await sendTo(conversation, 'Said twice — “with quotes” and it\'s fine :)');
  await isPublished(conversation, 'Said twice');
  await sendTo(conversation, 'Said twice — “with quotes” and it\'s fine :)');
  await conversation.expectAnnounced('Already delivered.');
  assert.equal(await conversation.thread.getByRole('article').filter({ hasText: 'Said twice' }).count(), 1);
  assert.equal(await stored('Said twice'), 1);
});

wordPressTest('a flood is waited out by itself, not sooner than WordPress wants', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  await withRule('flood', async () => {
    await sendTo(conversation, 'The first of a flood');
    await isPublished(conversation, 'The first of a flood');
    const before = posts().length;
    await sendTo(conversation, 'The second of a flood');
    await conversation.expectState('The second of a flood', /Next try at .*Too many comments in a short time/);
    const refused = Date.now();
    await isPublished(conversation, 'The second of a flood');
    assert.ok(Date.now() - refused > 13_000);
    assert.equal(posts().length, before + 2);
  });
});

wordPressTest('a closed post takes nothing, and one that is closed while somebody writes keeps the text', async ({ conversation }) => {
  await conversation.open(CLOSED);
  await conversation.goToReply();
  await conversation.expectText('Comments are closed on this page.');
  await conversation.openPost(OPEN);
  await conversation.write('Written too late');
  await conversation.field('E-mail').fill('ann@mail.example');
  await sql(`UPDATE wp_posts SET comment_status = 'closed' WHERE ID = ${ids.open}`);
  try {
    await conversation.send();
    await conversation.expectState('Written too late', /Not accepted\. Comments are closed for this post/);
  } finally {
    await sql(`UPDATE wp_posts SET comment_status = 'open' WHERE ID = ${ids.open}`);
  }
  await conversation.comment('Written too late').getByRole('button', { name: 'Send again' }).click();
  await isPublished(conversation, 'Written too late');
});

wordPressTest('where only members may write the reader is told, and the text is kept', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  await withRule('members', async () => {
    await sendTo(conversation, 'Not a member');
    await conversation.expectState('Not a member', /Not accepted\. This site takes comments only from signed-in readers/);
  });
  assert.equal((await conversation.kept()).records.find(({ text }) => text === 'Not a member').state, 'refused');
});

wordPressTest('a lost answer is found out, and nothing is there twice', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  for (const [i, fault] of ['cut-after', 'cut-middle', 'cut-before', 'html', 'status-502'].entries()) {
    const text = `Lost answer ${i}: it's “quoted” -- and *marked*...`;
    let faults = 1;
    site.proxy.decide = ({ method }) => (method === 'POST' && faults-- > 0 ? fault : null);
    await sendTo(conversation, text);
    await conversation.expectState(`Lost answer ${i}`, /may have arrived/);
    await isPublished(conversation, `Lost answer ${i}`);
    assert.equal(await stored(`Lost answer ${i}`), 1, fault);
    assert.equal(await conversation.thread.getByRole('article').filter({ hasText: `Lost answer ${i}` }).count(), 1, fault);
  }
  assert.equal(posts().length, 10);
});

wordPressTest('a lost answer about a comment that is held is told as far as anybody knows', async ({ conversation }) => {
  await conversation.openPost(OPEN);
  let faults = 1;
  site.proxy.decide = ({ method }) => (method === 'POST' && faults-- > 0 ? 'cut-after' : null);
  await withRule('hold', async () => {
    await sendTo(conversation, 'Lost and held');
    await conversation.expectState('Lost and held', /The server has this comment already/);
  });
  assert.equal(await stored('Lost and held'), 1);
  await sql("UPDATE wp_comments SET comment_approved = '1' WHERE comment_content LIKE '%Lost and held%'");
  await conversation.page.reload();
  await conversation.goToComments();
  await isPublished(conversation, 'Lost and held');
});

wordPressTest('a post that WordPress does not know takes no comments, and asks nobody', async ({ conversation }) => {
  await conversation.open(WITHOUT_ID);
  await conversation.goToReply();
  await conversation.expectText('Comments are closed on this page.');
  await conversation.settle();
  assert.deepEqual(site.proxy.requests, []);
  assert.equal(await conversation.button('Like').count(), 0);
});
