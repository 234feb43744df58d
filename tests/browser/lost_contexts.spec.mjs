// Contexts that are lost one after the other while somebody scrolls and writes: each time there is the text, then the painting again, and
// nothing that was written is lost.
//   OCTAVO_LOSSES=100 OCTAVO_SEED=7 node --test tests/browser/lost_contexts.spec.mjs
import assert from 'node:assert/strict';
import { LONGEST_WAIT_MS, TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { specFor } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { randomFrom } from './support/random.mjs';
import { ConversationPage } from './conversation_page.mjs';

const LOSSES = Number(process.env.OCTAVO_LOSSES ?? 3);
const SEED = Number(process.env.OCTAVO_SEED ?? 1);
const POST = 'posts/reading-a-file/';
const WORDS = ['margins', 'letters', 'lines', 'columns', 'rivers', 'paper'];

const pageTest = specFor(startCommentSite);

// One thing that a reader does, in the middle of which a context may get lost.
async function doSomething(conversation, random, draft) {
  const { page } = conversation;
  switch (random(3)) {
    case 0:
      // Without waiting for what is painted there.
      await page.evaluate((top) => window.scrollTo(0, top), random(2000));
      return draft;
    case 1:
      await page.mouse.wheel(0, random(800) - 300);
      return draft;
    default: {
      const words = `${WORDS[random(WORDS.length)]} `;
      await conversation.field('Comment').focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(words);
      return draft + words;
    }
  }
}

pageTest(`${LOSSES} lost contexts while somebody scrolls and writes: the text, then the painting again, and the whole draft (seed ${SEED})`, async ({ page, site }) => {
  const conversation = new ConversationPage(page, site.url);
  const random = randomFrom(SEED);
  await conversation.openPost(POST);
  await conversation.markDocument();
  const article = await conversation.articleText();
  let draft = '';
  for (let i = 0; i < LOSSES; ++i) {
    for (let steps = random(3); steps > 0; --steps) draft = await doSomething(conversation, random, draft);
    const [, after] = await Promise.all([conversation.loseContext(), doSomething(conversation, random, draft)]);
    draft = after;
    await conversation.expectTextVisible(true);
    assert.equal(await conversation.articleText(), article, `loss ${i}`);
    draft = await doSomething(conversation, random, draft);
    await conversation.restoreContext();
    await conversation.expectTextVisible(false);
    await conversation.expectDraft(draft);
  }
  assert.ok(await conversation.isSameDocument());
  if (draft !== '') await conversation.expectKept();
  await page.reload();
  await conversation.goToComments();
  await conversation.expectDraft(draft);
}, { timeout: TEST_TIMEOUT_MS + LOSSES * LONGEST_WAIT_MS });
