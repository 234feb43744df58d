// What comes out of the printer: the article's text in letters, not in pixels, with its links, on as many pages as it takes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { specFor } from './support/chromium.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);
const run = promisify(execFile);
const PATH = 'posts/every-element/';

async function withPrinted(page, body) {
  const folder = await mkdtemp(join(tmpdir(), 'octavo-print-'));
  try {
    const file = join(folder, 'post.pdf');
    await writeFile(file, await page.pdf({ format: 'A4', tagged: true }));
    const poppler = async (tool, ...options) => (await run(tool, [...options, file], { maxBuffer: 1 << 24 })).stdout;
    await body({ file, poppler });
  } finally {
    await rm(folder, { recursive: true });
  }
}

// How often each word occurs in a text. Where superscripts and list markers come between words depends on the tool that reads.
function wordsIn(text) {
  const counts = new Map();
  // Bare addresses are broken wherever a line ends.
  for (const word of text.normalize('NFKC').replace(/https?:\S+/g, '').match(/\p{L}{2,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

pageTest('print has the whole article as text, on all its pages, without canvas and controls', async ({ page, reader }) => {
  await reader.open(PATH);
  const article = wordsIn(await page.evaluate(() => document.querySelector('.prose').innerText));
  assert.ok(article.size > 300);
  await withPrinted(page, async ({ file, poppler }) => {
    const { stdout: text } = await run('pdftotext', ['-layout', file, '-']);
    const printed = wordsIn(text);
    assert.deepEqual([...article].filter(([word, count]) => (printed.get(word) ?? 0) < count), []);
    assert.doesNotMatch(text, /Text size/, 'controls are printed');
    const pages = Number(/^Pages:\s+(\d+)$/m.exec(await poppler('pdfinfo'))[1]);
    assert.ok(pages > 3, `${pages} pages`);
  });
});

pageTest('what is printed is set in fonts that are embedded, and nothing of it is an image of text', async ({ page, reader }) => {
  await reader.open(PATH);
  const shownImages = await page.evaluate(() => document.querySelectorAll('#octavo_layer img').length);
  await withPrinted(page, async ({ poppler }) => {
    const fonts = (await poppler('pdffonts')).trim().split('\n').slice(2);
    assert.ok(fonts.length >= 3);
    for (const font of fonts) assert.match(font, /\byes yes yes\b|\byes yes no\b|\byes no yes\b/, 'not embedded');
    const images = (await poppler('pdfimages', '-list')).trim().split('\n').slice(2);
    assert.ok(images.length <= shownImages, `${images.length} images for ${shownImages}`);
  });
});

pageTest('links are alive in print', async ({ page, reader }) => {
  await reader.open(PATH);
  const addresses = await page.evaluate(() =>
    [...document.querySelectorAll('.prose a[href^="http"]')].map((link) => link.href),
  );
  assert.ok(addresses.length > 0);
  await withPrinted(page, async ({ poppler }) => {
    const printed = await poppler('pdfinfo', '-url');
    for (const address of addresses) assert.ok(printed.includes(address), `${address} in ${printed}`);
  });
});

pageTest('print works offline too, and right to left', async ({ page, context, reader }) => {
  await reader.open('posts/right-to-left/');
  await context.setOffline(true);
  await withPrinted(page, async ({ file }) => {
    const { stdout } = await run('pdftotext', [file, '-']);
    const words = await page.evaluate(() => document.querySelector('.prose > p').textContent.match(/[\u0600-\u06ff]{4,}/g));
    assert.ok(words.length > 5);
    const printed = stdout.normalize('NFKC');
    const found = words.filter((word) => printed.includes(word) || printed.includes([...word].reverse().join('')));
    assert.ok(found.length >= words.length * 0.8, `${found.length} of ${words.length} words`);
  });
}, { errors: [/ERR_INTERNET_DISCONNECTED/] });
