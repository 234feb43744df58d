// The conversation in WebKit: a draft in its IndexedDB, and a comment that is sent once.
import assert from 'node:assert/strict';
import { startCommentSite } from './support/comment_site.mjs';
import { webkitSpecFor } from './support/webkit.mjs';

const PATH = 'posts/many-scripts/';

const webkitTest = webkitSpecFor(startCommentSite);

const goToComments = async (page) => {
  await page.evaluate(() => document.getElementById('reply').scrollIntoView());
  await page.waitForFunction(() => document.querySelector('.composer textarea') !== null);
};
const typeInto = async (page, id, text) => {
  await page.evaluate((name) => document.getElementById(name).focus(), id);
  await page.keyboard.type(text);
};

webkitTest('a comment is written, kept over a reload, and sent once by keyboard', async ({ page, reader, site }) => {
  await reader.open(PATH);
  await goToComments(page);
  await typeInto(page, 'octavo-text', 'From *WebKit*');
  await page.waitForFunction(() => document.querySelector('.field-note').textContent.includes('draft kept'));
  await page.reload();
  await reader.waitUntilLive();
  await goToComments(page);
  await page.waitForFunction(() => document.querySelector('.composer textarea').value === 'From *WebKit*');
  await typeInto(page, 'octavo-name', 'Kit');
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('.comment .actions button[aria-label="Reply to Kit"]') !== null);
  const { comments } = await (await fetch(`${site.api}threads/many-scripts/comments`)).json();
  assert.deepEqual(comments.map(({ body_source: text }) => text), ['From *WebKit*']);
});
