// A site of three small pages for the shell's own tests: the real shell and template, bundled with the fake bridge.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { generatedModules } from '../../../tools/generated_modules.mjs';

const SHELL = new URL('../../../shell/page/', import.meta.url);
const FAKE_BRIDGE = new URL('fake_bridge.js', import.meta.url);
// Every text line is as high, so that the fake needs no layout.
const STYLE = `*{box-sizing:border-box}body,h1,p{margin:0}h1,p{font:16px/30px serif;height:30px}button{font:inherit}
:root{--page:#fff;--ink:#000;--surface:#eee;--hairline:#ccc;--link:#00f;--focus:#00f}`;

// Starts the server; `pages` = {path: [lines as tree nodes]} replaces the usual three.
export async function startShellSite() {
  const script = await bundleShell('main.js', 'esm');
  const css = STYLE + (await readFile(new URL('reader.css', SHELL), 'utf8'));
  const template = await readFile(new URL('page.html', SHELL), 'utf8');
  const files = new Map([
    ['octavo.js', ['text/javascript', script]],
    ['early.js', ['text/javascript', await bundleShell('early.js', 'iife')]],
    ['style.css', ['text/css', css]],
    ['icon.svg', ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>']],
    ['page.json', ['application/json', '{"version": 1}']],
  ]);
  for (const [path, page] of Object.entries(samplePages())) {
    files.set(path, ['text/html; charset=utf-8', staticPage(template, page)]);
    files.set(`${path}page.json`, ['application/json', JSON.stringify(page)]);
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname.slice('/blog/'.length));
    const [type, body] = files.get(path) ?? ['text/plain', null];
    response.writeHead(body === null ? 404 : 200, { 'content-type': type, 'cache-control': 'no-store', ...SECURITY });
    response.end(body ?? 'missing');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/blog/`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src * data:; connect-src *; base-uri 'none'; " +
    "require-trusted-types-for 'script'; trusted-types octavo-html octavo-worker",
};

async function bundleShell(entry, format) {
  const result = await build({
    entryPoints: [new URL(entry, SHELL).pathname],
    bundle: true,
    write: false,
    format,
    plugins: [
      generatedModules,
      {
        name: 'fake-bridge',
        setup: (pluginBuild) =>
          pluginBuild.onResolve({ filter: /\/bridge\.js$/ }, () => ({ path: FAKE_BRIDGE.pathname })),
      },
    ],
  });
  return result.outputFiles[0].text;
}

// ---- Pages -----------------------------------------------------------------------------------------------------------------

function samplePages() {
  const home = [
    line('h1', 'Home'),
    ['p', 2, {}, ['a', -1, { href: 'posts/long/' }, 'The long post']],
    ['p', 3, {}, ['a', -1, { href: 'posts/short/#end' }, 'The end of the short post']],
    ['p', 4, {}, ['a', -1, { href: 'feed.json' }, 'Feed']],
    ['p', 5, {}, ['button', -1, { type: 'button', 'data-action': 'like' }, 'Like']],
    ['p', 6, {}, ['button', -1, { type: 'button', 'data-action': 'crash' }, 'Crash']],
  ];
  const long = [line('h1', 'Long'), ...Array.from({ length: 400 }, (_, i) => ['p', 10 + i, {}, `Line ${i} of the long post`])];
  long.push(['p', 500, {}, ['a', -1, { href: '../short/' }, 'The short post']]);
  const short = [
    line('h1', 'Short'),
    ...Array.from({ length: 60 }, (_, i) => ['p', 10 + i, {}, `Line ${i}`]),
    ['p', 200, { id: 'end' }, 'The end'],
    ['p', 201, {}, ['a', -1, { href: '../../' }, 'Home']],
  ];
  return {
    '': page('', 'Home', 'en', home),
    'posts/long/': page('posts/long/', 'Long', 'en', long),
    'posts/short/': page('posts/short/', 'Short', 'he', short),
  };
}

function line(tag, text) {
  return [tag, 1, {}, text];
}

function page(path, title, language, lines) {
  const tree = ['div', 0, { class: 'page' }, ['main', -1, {}, ...lines]];
  const direction = language === 'he' ? 'rtl' : 'ltr';
  return { path, title, language, direction, description: `${title}.`, tree, lines: lines.length };
}

function staticPage(template, { path, title, language, direction, description, tree }) {
  const root = '../'.repeat(path.split('/').length - 1) || './';
  const values = {
    language,
    direction,
    title,
    description,
    theme: 'system',
    policy: SECURITY['content-security-policy'],
    path,
    root,
    style: `${root}style.css`,
    script: `${root}octavo.js`,
    early: `${root}early.js`,
    wasm: 'octavo.wasm',
    bundle: 'octavo.json',
    content: html(tree),
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '');
}

function html(node) {
  if (typeof node === 'string') return node;
  const [tag, , attributes, ...children] = node;
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${tag}${text.join('')}>${children.map(html).join('')}</${tag}>`;
}
