// The allow-list of the page layer: nothing that runs, submits or leaves the page on its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowedAttribute, isAllowedTag } from '../../../shell/page/allowed_markup.js';

const BASE = 'https://example.org/posts/a/';

test('elements that run, embed or submit are refused', () => {
  for (const tag of ['script', 'style', 'iframe', 'object', 'embed', 'form', 'svg', 'math', 'link', 'meta', 'base', 'template', 'SCRIPT']) {
    assert.ok(!isAllowedTag(tag), tag);
  }
  for (const tag of ['p', 'a', 'img', 'table', 'button', 'kbd', 'wbr']) assert.ok(isAllowedTag(tag), tag);
});

test('handlers, styles and form targets are refused', () => {
  for (const name of ['onclick', 'onerror', 'style', 'srcdoc', 'formaction', 'action', 'srcset', 'ping', 'target', 'name', 'slot', 'is']) {
    assert.ok(!isAllowedAttribute('a', name, 'x', BASE), name);
  }
  assert.ok(isAllowedAttribute('nav', 'aria-label', 'x', BASE));
  assert.ok(!isAllowedAttribute('nav', 'aria-label" onclick', 'x', BASE));
});

test('links lead to the web and to mail only, however their scheme is spelled', () => {
  const link = (value) => isAllowedAttribute('a', 'href', value, BASE);
  for (const value of ['../b/', '#x', 'https://example.com/', 'mailto:a@example.org']) assert.ok(link(value), value);
  for (const value of ['javascript:1', ' java\nscript:1', 'JAVASCRIPT:1', 'data:text/html,x', 'vbscript:1', 'blob:x', 'https://[']) {
    assert.ok(!link(value), value);
  }
  assert.ok(!isAllowedAttribute('base', 'href', 'https://example.com/', BASE));
});

test('images come from the web only, and only images load something', () => {
  assert.ok(isAllowedAttribute('img', 'src', 'a.jpg', BASE));
  assert.ok(!isAllowedAttribute('img', 'src', 'data:image/svg+xml,x', BASE));
  assert.ok(!isAllowedAttribute('input', 'src', 'a.jpg', BASE));
  assert.ok(isAllowedAttribute('img', 'srcset', '../m/a,b-480.jpg 480w, ../m/a,b.jpg 2000w', BASE));
  assert.ok(!isAllowedAttribute('img', 'srcset', 'a.jpg 480w, data:image/svg+xml,x 2000w', BASE));
  assert.ok(!isAllowedAttribute('source', 'srcset', 'a.jpg', BASE));
});

test('inputs are check boxes and fields for text, and no button submits', () => {
  assert.ok(isAllowedAttribute('input', 'type', 'email', BASE));
  assert.ok(!isAllowedAttribute('input', 'type', 'password', BASE));
  assert.ok(!isAllowedAttribute('input', 'type', 'submit', BASE));
  assert.ok(isAllowedAttribute('input', 'type', 'checkbox', BASE));
  assert.ok(!isAllowedAttribute('input', 'type', 'image', BASE));
  assert.ok(!isAllowedAttribute('button', 'type', 'submit', BASE));
});
