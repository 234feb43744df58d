// The page layer in a real document: what stays, what is removed, what never gets in.
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { generatedModules } from '../../tools/generated_modules.mjs';
import { specFor } from './support/chromium.mjs';

const MODULE = new URL('../../shell/page/page_layer.js', import.meta.url).pathname;
let script;

const pageTest = specFor(async () => {
  const result = await build({ entryPoints: [MODULE], bundle: true, write: false, format: 'iife', globalName: 'shell', plugins: [generatedModules] });
  script = result.outputFiles[0].text;
  return { url: 'about:blank', stop() {} };
});

// A page with a layer whose static content is `html`; `update(tree, more)` brings it up to date.
async function openLayer(page, html) {
  await page.setContent(`<base href="https://example.org/posts/a/"><div id="layer">${html}</div>`);
  await page.addScriptTag({ content: script });
  await page.evaluate(() => {
    window.layer = new shell.PageLayer(document.getElementById('layer'));
    window.update = (tree, more = {}) =>
      layer.update({ tree, columns: [], targets: [], images: [], fields: [], scrolled: [], isSamePage: false, dpr: 1, baseUrl: 'https://example.org/posts/a/', ...more });
  });
}

const contentOf = (page) => page.evaluate(() => new XMLSerializer().serializeToString(layer.element).replace(/ xmlns="[^"]*"/g, ''));

pageTest('line breaks come into the static text, its elements stay, and focus with them', async ({ page }) => {
  await openLayer(page, '<main>\n<p>one two <a href="../b/">three</a> four</p>\n</main>');
  const kept = await page.evaluate(() => {
    const link = document.querySelector('a');
    link.focus();
    const lb = ['span', -1, { class: 'lb' }, ' '];
    update(['main', 0, {}, ['p', 1, {}, 'one', lb, 'two ', ['a', -1, { href: '../b/' }, 'three'], lb, 'four']]);
    return { isSame: document.querySelector('a') === link, hasFocus: document.activeElement === link };
  });
  assert.deepEqual(kept, { isSame: true, hasFocus: true });
  assert.equal(
    await contentOf(page),
    '<div id="layer"><main><p>one<span class="lb"> </span>two <a href="../b/">three</a><span class="lb"> </span>four</p></main></div>',
  );
});

pageTest('new breaks replace old ones and the text stays the same', async ({ page }) => {
  await openLayer(page, '');
  const texts = await page.evaluate(() => {
    const lb = ['span', -1, { class: 'lb' }, ' '];
    const between = ['span', -1, { class: 'lb' }];
    const trees = [
      ['p', 0, {}, 'a', lb, 'b c', lb, 'd'],
      ['p', 0, {}, 'a b', lb, 'c d'],
      ['p', 0, {}, 'a b c d'],
      ['p', 0, {}, 'a b', between, ' c d'],
    ];
    return trees.map((tree) => {
      update(tree);
      return layer.element.textContent;
    });
  });
  assert.deepEqual(texts, Array(4).fill('a b c d'));
  assert.equal(await contentOf(page), '<div id="layer"><p>a b<span class="lb"></span> c d</p></div>');
});

pageTest('a button that is pressed stays the same button', async ({ page }) => {
  await openLayer(page, '');
  const isSame = await page.evaluate(() => {
    const tree = (pressed, label) => ['p', 0, {}, ['button', -1, { type: 'button', 'data-action': 'like', 'aria-pressed': pressed }, label]];
    update(tree('false', 'Like'));
    const button = document.querySelector('button');
    update(tree('true', 'Liked'));
    return document.querySelector('button') === button && button.textContent === 'Liked' && button.ariaPressed === 'true';
  });
  assert.ok(isSame);
});

pageTest('images with the same address stay, others are made anew', async ({ page }) => {
  await openLayer(page, '');
  const result = await page.evaluate(() => {
    const image = (src) => ['p', 0, {}, ['img', -1, { src, alt: '' }]];
    update(image('/a.png'));
    const first = document.querySelector('img');
    update(image('/a.png'));
    const kept = document.querySelector('img') === first;
    update(image('/b.png'));
    return { kept, replaced: document.querySelector('img') !== first };
  });
  assert.deepEqual(result, { kept: true, replaced: true });
}, { errors: [/ERR_/] });

pageTest('what is not allowed never becomes an element or an attribute', async ({ page }) => {
  await openLayer(page, '');
  await page.evaluate(() =>
    update([
      'div',
      0,
      { onclick: 'hacked=1', style: 'color:red' },
      ['script', -1, {}, 'window.hacked = 1'],
      ['iframe', -1, { srcdoc: '<script>parent.hacked = 1</script>' }],
      ['img', -1, { src: 'data:image/png,x', onerror: 'hacked=1' }],
      ['a', -1, { href: 'javascript:hacked=1' }, 'link'],
      ['p', -1, {}, '<b onclick="hacked=1">text</b>'],
    ]),
  );
  assert.equal(
    await contentOf(page),
    '<div id="layer"><div><img /><a>link</a><p>&lt;b onclick="hacked=1"&gt;text&lt;/b&gt;</p></div></div>',
  );
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});

pageTest('columns get the widths of the layout in CSS pixels', async ({ page }) => {
  await openLayer(page, '');
  const widths = await page.evaluate(() => {
    const row = ['tr', 2, {}, ['td', 3, {}, 'a'], ['td', 4, {}, 'b']];
    const tree = ['div', -1, { class: 'table' }, ['table', 1, {}, ['tbody', -1, {}, row]]];
    update(tree, { columns: [[1, [100, 301]]], dpr: 2 });
    update(tree, { columns: [[1, [200, 303]]], dpr: 2 });
    return [...document.querySelectorAll('col')].map((col) => col.style.width);
  });
  assert.deepEqual(widths, ['100px', '151.5px']);
});

pageTest('links and buttons know their place among the painted ones', async ({ page }) => {
  await openLayer(page, '');
  const indices = await page.evaluate(() => {
    const targets = [
      { kind: 'link', url: '../ж/' },
      { kind: 'link', url: 'javascript:1' },
      { kind: 'button', action: 'like' },
      { kind: 'link', url: '../b/' },
    ];
    const tree = ['p', 0, {}];
    tree.push(['a', -1, { href: '../%D0%B6/' }, ['em', -1, {}, 'x']], ['a', -1, { href: 'javascript:1' }, 'y']);
    tree.push(['button', -1, { 'data-action': 'like' }, 'z'], ['a', -1, { href: '../b/' }, 'w'], ['a', -1, { href: '../c/' }, 'v']);
    update(tree, { targets });
    return ['em', 'button', 'a[href="../b/"]', 'a[href="../c/"]', 'p'].map((selector) => layer.targetIndex(document.querySelector(selector)));
  });
  assert.deepEqual(indices, [0, 2, 3, -1, -1]);
});

pageTest('the steps that bring a paragraph up to date grow with its spans, not with their square', async ({ page }) => {
  await openLayer(page, '');
  const counts = await page.evaluate(() => {
    let steps = 0;
    for (const name of ['nextSibling', 'firstChild', 'parentNode', 'childNodes']) {
      const { get } = Object.getOwnPropertyDescriptor(Node.prototype, name);
      Object.defineProperty(Node.prototype, name, { get() { return ++steps, get.call(this); } });
    }
    return [2_000, 20_000].map((length) => {
      const tree = (tag) => ['p', 0, {}, ...Array.from({ length }, (_, i) => [i % 2 ? 'em' : tag, -1, {}, `${i}`])];
      update(tree('strong'));
      steps = 0;
      update(tree('code'));
      return steps;
    });
  });
  assert.ok(counts[0] > 2_000, 'no steps were counted');
  assert.ok(counts[1] < 15 * counts[0], `steps: ${counts}`);
});
