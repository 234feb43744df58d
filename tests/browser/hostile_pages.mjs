// Opens all pages of a hostile blog in whatever browser, and looks for signs that something has got through.
import assert from 'node:assert/strict';
import { COMMENTED } from './support/hostile_site.mjs';
import { signsOfScripts } from './support/script_detector.mjs';
import { ConversationPage } from './conversation_page.mjs';

// `listen` is called where the browser could not listen from the beginning. Resolves to the number of pages.
export async function openHostilePages(page, site, listen = async () => {}) {
  const conversation = new ConversationPage(page, site.url);
  const check = async (path) => {
    assert.deepEqual(await signsOfScripts(page, conversation.address(path)), [], path);
  };
  for (const path of site.pages) {
    await conversation.open(path);
    await listen();
    await check(path);
    await conversation.expectMarks(site.marks(path));
  }
  const path = `posts/${COMMENTED}/`;
  await conversation.open(path);
  await listen();
  await conversation.expectThread(site.comments);
  await check(path);
  return site.pages.length + 1;
}
