// Paths below the site's root: which links the reader follows itself, and what counts as the same page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteUrl, pagePath, samePage, siteRoot, startPath } from '../../../shell/site/site_address.js';

const ROOT = siteRoot('../../', 'https://example.org/blog/posts/a/?q#x');

test('the root is resolved against the page and ends in a slash', () => {
  assert.equal(ROOT.href, 'https://example.org/blog/');
  assert.equal(siteRoot('', 'https://example.org/blog/index.html').href, 'https://example.org/blog/');
  assert.equal(siteRoot('../..', 'https://example.org/blog/posts/a/').href, 'https://example.org/blog/');
  assert.equal(siteRoot('/', 'https://example.org/blog/posts/a/').href, 'https://example.org/');
});

test('pages of the site become paths below the root', () => {
  const path = (address) => pagePath(new URL(address, ROOT), ROOT);
  assert.equal(path('./'), '');
  assert.equal(path('posts/b/#part'), 'posts/b/#part');
  assert.equal(path('posts/%D0%B6/'), 'posts/%D0%B6/');
  assert.equal(path('posts/v1.2-notes/'), 'posts/v1.2-notes/');
  assert.equal(path('posts/b'), 'posts/b');
  assert.equal(path('tags/c/index.html'), 'tags/c/index.html');
});

test('files, queries, other roots and other origins are left to the browser', () => {
  const path = (address) => pagePath(new URL(address, ROOT), ROOT);
  assert.equal(path('feed.json'), null);
  assert.equal(path('posts/a/photo.jpg'), null);
  assert.equal(path('posts/a/?page=2'), null);
  assert.equal(path('/other/'), null);
  assert.equal(path('https://example.com/blog/posts/a/'), null);
  assert.equal(path('mailto:a@example.org'), null);
});

test('fragments, index.html and a missing slash do not make another page', () => {
  assert.ok(samePage('posts/a/', 'posts/a/#x'));
  assert.ok(samePage('posts/a', 'posts/a/index.html'));
  assert.ok(samePage('', 'index.html'));
  assert.ok(!samePage('posts/a/', 'posts/ab/'));
  assert.ok(!samePage('', 'posts/'));
});

test('the empty path is the root itself', () => {
  assert.equal(absoluteUrl('', ROOT).href, 'https://example.org/blog/');
  assert.equal(absoluteUrl('posts/a/', ROOT).href, 'https://example.org/blog/posts/a/');
});

test('the page starts at the address it was loaded from, whatever that is', () => {
  const start = (address) => startPath(new URL(address, ROOT).href, ROOT, '404.html');
  assert.equal(start('posts/a/?utm=x#part'), 'posts/a/#part');
  assert.equal(start('nothing/here.txt'), 'nothing/here.txt');
  assert.equal(start('/elsewhere/'), '404.html');
});
