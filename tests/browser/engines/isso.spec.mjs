// Leave a Reply on a blog whose comments are in a real Isso on another origin (tests/support/with_isso.sh).
import assert from 'node:assert/strict';
import { specFor } from '../support/chromium.mjs';
import { startEngineSite } from '../support/engine_site.mjs';
import { ConversationPage } from '../conversation_page.mjs';

const { OCTAVO_ISSO: ISSO, OCTAVO_ISSO_MODERATED: MODERATED, OCTAVO_BLOG_PORT: PORT } = process.env;
if (!ISSO) throw new Error('run this with tests/support/with_isso.sh');
const POST = 'posts/reading-a-file/';
const NETWORK = { errors: [/Failed to load resource/, /CORS/] };

let site;
const siteTest = specFor(async () => {
  site = await startEngineSite({ settings: (proxy) => `engine = "isso"\nendpoint = "${proxy.url}"\n`, target: ISSO, port: PORT });
  return site;
});

function issoTest(name, target, body) {
  const given = async ({ page }) => {
    site.proxy.target = target;
    site.proxy.decide = () => null;
    site.proxy.requests.length = 0;
    await body({ page, conversation: new ConversationPage(page, site.url) });
  };
  siteTest(name, given, NETWORK);
}

// Public comments, as the page's path is their key.
async function texts() {
  const response = await fetch(`${ISSO}/?uri=/${POST}&plain=1`);
  if (response.status === 404) return [];
  const all = (comments) => comments.flatMap(({ text, replies = [] }) => [text, ...all(replies)]);
  return all((await response.json()).replies);
}

const isPublished = (conversation, text) => conversation.comment(text).getByRole('button', { name: /^Reply to/ }).waitFor();

issoTest('Isso: a comment is sent and answered, and a reload finds both', ISSO, async ({ conversation, page }) => {
  await conversation.openPost(POST);
  await conversation.write('Hello *there* & <b>"marks"</b>');
  await conversation.send();
  await isPublished(conversation, 'Hello there');
  await conversation.comment('Hello there').getByRole('button', { name: 'Reply to Ann Reader' }).click();
  await conversation.write('And hello to you', 'Bob');
  await conversation.send();
  await isPublished(conversation, 'And hello to you');
  await page.reload();
  await conversation.goToComments();
  await conversation.comment('Hello there').getByRole('article').getByText('And hello to you').waitFor();
  assert.deepEqual(await texts(), ['Hello *there* & <b>"marks"</b>', 'And hello to you']);
});

issoTest('Isso: a lost answer is asked for, and nothing is there twice', ISSO, async ({ conversation }) => {
  await conversation.openPost(POST);
  for (const [i, fault] of ['cut-after', 'cut-middle', 'cut-before', 'html'].entries()) {
    let faults = 1;
    site.proxy.decide = ({ method }) => (method === 'POST' && faults-- > 0 ? fault : null);
    await conversation.write(`Lost answer ${i}`);
    await conversation.send();
    await isPublished(conversation, `Lost answer ${i}`);
    assert.equal((await texts()).filter((text) => text === `Lost answer ${i}`).length, 1, fault);
  }
});

issoTest('Isso: a held comment says so, and a lost answer about one is left to the reader', MODERATED, async ({ conversation }) => {
  await conversation.openPost(POST);
  await conversation.form.page().getByText('Comments appear after the owner').waitFor();
  await conversation.write('Waits for the owner');
  await conversation.send();
  await conversation.expectState('Waits for the owner', /appears after the owner has approved it/);
  let faults = 1;
  site.proxy.decide = ({ method }) => (method === 'POST' && faults-- > 0 ? 'cut-after' : null);
  const before = site.proxy.requests.filter(({ method }) => method === 'POST').length;
  await conversation.write('Lost and held');
  await conversation.send();
  await conversation.expectState('Lost and held', /Nobody knows whether this has arrived/);
  assert.equal(site.proxy.requests.filter(({ method }) => method === 'POST').length, before + 1);
});

issoTest('Isso: a text that is too short is refused before it is sent', ISSO, async ({ conversation }) => {
  await conversation.openPost(POST);
  await conversation.write('Hi');
  await conversation.send();
  await conversation.form.getByRole('alert').waitFor();
  assert.equal(site.proxy.requests.filter(({ method }) => method === 'POST').length, 0);
});
