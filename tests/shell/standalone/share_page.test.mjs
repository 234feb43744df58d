// Shared text, read from an address that anybody can make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readShared } from '../../../shell/standalone/share_page.js';

const ROOT = new URL('https://blog.example/notes/');
const read = (shared) => readShared(new URLSearchParams(shared), ROOT);

test('text and link become one text, the link once', () => {
  assert.deepEqual(read({ title: 'T', text: 'Words', url: 'https://a.example/x' }), { text: 'Words\n\nhttps://a.example/x', path: '' });
  assert.deepEqual(read({ title: 'T', url: 'https://a.example/x' }), { text: 'T\n\nhttps://a.example/x', path: '' });
  assert.deepEqual(read({ text: 'See https://a.example/x' }), { text: 'See https://a.example/x', path: '' });
  assert.deepEqual(read({}), { text: '', path: '' });
});

test('a link to a post of this blog is its path', () => {
  assert.deepEqual(read({ text: 'Words', url: 'https://blog.example/notes/posts/a-b/#x' }), { text: 'Words', path: 'posts/a-b/' });
  assert.deepEqual(read({ text: 'https://blog.example/notes/posts/a-b/' }), { text: '', path: 'posts/a-b/' });
});

test('other addresses lead nowhere', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '//evil.example/posts/a/', 'https://']) assert.deepEqual(read({ text: 'W', url }), { text: 'W', path: '' });
  for (const url of ['https://evil.example/notes/posts/a/', 'https://blog.example/posts/a/', 'https://blog.example/notes/posts/a/?x']) {
    assert.equal(read({ url }).path, '');
  }
});

test('endless text is cut', () => {
  assert.equal(read({ text: 'x'.repeat(100_000) }).text.length, 16_000);
});
