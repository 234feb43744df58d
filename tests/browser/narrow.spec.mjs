// The narrowest window and the largest text that are promised: static pages need no scrolling sideways, and nothing is cut at their edges.
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { postPaths, startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);

const BROWSER_FONT_SIZE = 48; // three times the usual 16

// Text that is outside of the window, but for what scrolls within a table.
function textOutside() {
  const width = document.documentElement.clientWidth;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const outside = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement.closest('.table, script, style, noscript') !== null) continue;
    // White space hangs at the end of lines.
    for (const { index, 0: word } of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const cut = [...range.getClientRects()].find((rect) => rect.width > 0 && (rect.left < -0.5 || rect.right > width + 0.5));
      if (cut !== undefined) outside.push(`${word}: ${cut.left}..${cut.right} of ${width}`);
    }
  }
  return outside;
}

// Markers of list items are no text that a range could measure: each needs room before its item.
function itemsWithoutRoom() {
  const items = [...document.querySelectorAll('li')].filter((item) => getComputedStyle(item).listStyleType !== 'none');
  const room = (item) => {
    const { left, right } = item.getBoundingClientRect();
    return getComputedStyle(item.parentElement).direction === 'rtl' ? document.documentElement.clientWidth - right : left;
  };
  return items.filter((item) => room(item) < parseFloat(getComputedStyle(item).fontSize)).map((item) => item.textContent.slice(0, 40));
}

pageTest('200 CSS pixels wide and text at 300 %, no static page scrolls sideways or loses text', async ({ page, context, reader, site }) => {
  const session = await context.newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: BROWSER_FONT_SIZE } });
  for (const path of ['', 'archive/', ...(await postPaths(site.folder))]) {
    await reader.openStatic(path);
    assert.equal(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), BROWSER_FONT_SIZE);
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(needed <= given, `${path}: ${needed} of ${given} CSS pixels`);
    assert.deepEqual(await page.evaluate(textOutside), [], path);
    assert.deepEqual(await page.evaluate(itemsWithoutRoom), [], path);
  }
}, { context: { javaScriptEnabled: false, viewport: { width: 200, height: 600 } } });
