// The conversation in Firefox: fields where layout puts them, a draft in its IndexedDB, a comment that is sent.
import assert from 'node:assert/strict';
import { startCommentSite } from './support/comment_site.mjs';
import { firefoxSpecFor } from './support/firefox.mjs';
import { watchPainting } from './support/painted_words.mjs';

const PATH = 'posts/many-scripts/';

const firefoxTest = firefoxSpecFor(startCommentSite);

const goToComments = async (page) => {
  await page.evaluate(() => document.getElementById('reply').scrollIntoView());
  await page.waitForFunction(() => document.querySelector('.composer textarea') !== null);
};
const typeInto = async (page, id, text) => {
  await page.evaluate((name) => document.getElementById(name).focus(), id);
  await page.inner.keyboard.type(text);
};

firefoxTest('a comment is written, kept over a reload, in register, and sent by keyboard', async ({ page, reader, site }) => {
  await page.addInitScript(watchPainting);
  await reader.open(PATH);
  await goToComments(page);
  await typeInto(page, 'octavo-text', 'From *Firefox*');
  await page.waitForFunction(() => document.querySelector('.field-note').textContent.includes('draft kept'));
  await reader.open(PATH);
  await goToComments(page);
  await page.waitForFunction(() => document.querySelector('.composer textarea').value === 'From *Firefox*');
  await typeInto(page, 'octavo-name', 'Fox');
  await page.evaluate(() => window.scrollTo(0, 0));
  await reader.expectInRegister(PATH);
  await page.evaluate(() => document.getElementById('octavo-text').focus());
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('.comment .actions button[aria-label="Reply to Fox"]') !== null);
  const { comments } = await (await fetch(`${site.api}threads/many-scripts/comments`)).json();
  assert.deepEqual(comments.map(({ body_source: text }) => text), ['From *Firefox*']);
});
