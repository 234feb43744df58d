// What the shell reads from C++ source: the table of elements, and constants.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COPIED_ELEMENTS, LEFT_OUT_ELEMENTS, PAGE_ELEMENTS, WRAPPER_ELEMENTS, parseElements } from '../../../tools/element_table.mjs';
import { IMAGE_VARIANT_WIDTHS, MAX_POST_FILE_BYTES, SHELL_ROOT, THEMES, constantIn, enumIn } from '../../../tools/shared_constants.mjs';
import { generatedModules } from '../../../tools/generated_modules.mjs';

test('every kind of row is read', () => {
  const rows = `// a comment, INLINE(
GLOBAL_ATTRIBUTES("id title")
INLINE(Keyboard, "keyboard", "kbd", Inline, Code, Phrasing, Page | Copied, "")
INLINE_AS(Token, "token", "span", Token)
ALIAS(Strong, "b", Formatting, Page)
BLOCK(Quote, "quote", "blockquote", Container, Around, Block, Page, "cite lang")
ELEMENT("wbr", Transparent, None, Void, Page, "")
#undef ELEMENT`;
  assert.deepEqual(parseElements(rows), {
    globalAttributes: 'id title',
    elements: [
      { tag: 'kbd', uses: ['Page', 'Copied'], attributes: '' },
      { tag: 'b', uses: ['Page'], attributes: '' },
      { tag: 'blockquote', uses: ['Page'], attributes: 'cite lang' },
      { tag: 'wbr', uses: ['Page'], attributes: '' },
    ],
  });
  assert.throws(() => parseElements('ELEMENT("wbr", Transparent, None, Void)'), /elements\.def/);
});

test('the lists are those of the table', () => {
  for (const tag of ['kbd', 'blockquote']) assert.ok(Object.hasOwn(PAGE_ELEMENTS, tag) && COPIED_ELEMENTS.includes(tag), tag);
  assert.ok(WRAPPER_ELEMENTS.includes('em') && !WRAPPER_ELEMENTS.includes('p'));
  assert.ok(LEFT_OUT_ELEMENTS.includes('script') && !Object.hasOwn(PAGE_ELEMENTS, 'script'));
  assert.match(PAGE_ELEMENTS.img, /\bsrcset\b/);
});

test('constants are numbers, texts and lists', () => {
  assert.equal(constantIn('inline constexpr std::uint32_t kMost = 20\'000U;', 'kMost'), 20000);
  assert.equal(constantIn('inline constexpr const char* kRoot = "/a/";', 'kRoot'), '/a/');
  assert.deepEqual(constantIn('inline constexpr std::array<int, 2> kSizes{90, 100};', 'kSizes'), [90, 100]);
  assert.deepEqual(constantIn('constexpr std::string_view kNames[] = {"a", "b"};', 'kNames'), ['a', 'b']);
  assert.equal(constantIn('constexpr std::size_t kMost = 16 * 1\'024U;', 'kMost'), 16_384);
  assert.equal(MAX_POST_FILE_BYTES, 8 * 16 * 1024 * 1024);
  assert.throws(() => constantIn('constexpr int kMost = 1;', 'kLeast'), /kLeast/);
  assert.throws(() => constantIn('constexpr int kMost = sizeof(int);', 'kMost'), /literal/);
  assert.deepEqual(enumIn('enum class Failure : std::uint8_t { Network, NotFound };', 'Failure'), { NETWORK: 0, NOT_FOUND: 1 });
  assert.throws(() => enumIn('enum class Failure { Network = 2 };', 'Failure'), /Failure/);
  assert.ok(THEMES.includes('sepia'));
  assert.equal(typeof SHELL_ROOT, 'string');
  assert.ok(IMAGE_VARIANT_WIDTHS.length > 0);
});

test('a bundle gets the values alone', async () => {
  const loaded = [];
  generatedModules.setup({ onResolve() {}, onLoad: (_, load) => loaded.push(load({ path: '#constants' })) });
  assert.match(loaded[0].contents, /^export const TEXT_SIZES = \[90,/m);
  assert.doesNotMatch(loaded[0].contents, /constantIn|readFile/);
});
