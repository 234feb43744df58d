// When painting becomes impossible: the DOM text is readable at once, everything else works, and the reader comes back.
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { startSampleSite } from './support/sample_site.mjs';
import { corruptWasmMemory, keepWasmMemory } from './support/wasm_memory.mjs';

const pageTest = specFor(startSampleSite);

const FILE_POST = 'Reading a file in C++, all of it';
const FILE_PATH = 'posts/reading-a-file/';
const TRAP = { errors: [/octavo/, /memory access out of bounds|table index|unreachable|Assertion|RuntimeError/] };

// Traps the program by the next thing that reaches it, a change of the window's width, and tells whether the text was visible in
// the very frame after that.
async function trap(page, reader) {
  // An answer from the network may reach the program before the window does.
  await reader.watchDomText();
  await corruptWasmMemory(page);
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: width - 40, height });
  return reader.domTextShown();
}

pageTest('a trapped program: the text in the same frame, then the reader again without a reload, at the same place', async ({ page, reader }) => {
  await keepWasmMemory(page);
  await reader.open('');
  await reader.markDocument();
  await reader.follow(FILE_POST);
  await reader.expectHeading(FILE_POST);
  await reader.scrollTo(900);
  const place = await reader.firstBlockInView();
  const { frames } = await trap(page, reader);
  assert.equal(frames, 0, 'frames without text after the trap');
  await reader.expectTextVisible(false);
  await reader.expectCovered();
  assert.ok(await reader.isSameDocument());
  assert.ok(Math.abs((await reader.firstBlockInView()) - place) <= 1);
  assert.equal(await reader.notice.count(), 0);
  await page.goBack();
  await reader.link(FILE_POST).waitFor();
  assert.ok(await reader.isSameDocument());
}, TRAP);

pageTest('a program that traps again soon is left alone: text, links, selection and a notice stay', async ({ page, reader }) => {
  await keepWasmMemory(page);
  await reader.open(FILE_PATH);
  await reader.markDocument();
  await trap(page, reader);
  await reader.expectTextVisible(false);
  await trap(page, reader);
  await reader.notice.waitFor();
  await reader.expectTextVisible(true);
  assert.ok(!(await reader.isCanvasVisible()));
  assert.ok((await reader.selectAll()).includes('Twenty lines instead of five'));
  await reader.follow('Posts');
  await reader.expectPath('');
  await reader.waitUntilLive();
  assert.ok(!(await reader.isSameDocument()));
}, TRAP);

pageTest('a lost context: the text in the same task as the event, and the painting again when it is restored', async ({ reader }) => {
  await reader.open(FILE_PATH);
  await reader.scrollTo(700);
  await reader.watchDomText();
  await reader.loseContext();
  const { frames } = await reader.domTextShown();
  assert.equal(frames, 0, 'frames without text after the loss');
  // The page still works: links are followed inside the reader.
  await reader.markDocument();
  await reader.follow('Posts');
  await reader.expectPath('');
  assert.ok(await reader.isSameDocument());
  await reader.expectTextVisible(true);
  await reader.restoreContext();
  await reader.expectTextVisible(false);
  assert.ok(await reader.isCanvasVisible());
  const box = await reader.boxOfText('Reading a file');
  assert.ok(box.width > 0);
});
