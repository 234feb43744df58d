// Untrusted markup that was changed for the parser means the same afterwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originalNames, disguiseNames } from '../../../shell/program/html_parser.js';

test('text and values come back as they were', () => {
  for (const text of ['Stand on one leg', 'a style of its own', '<style> in words </style>', "it's/on", 'x = "only" once', 'Οn', '']) {
    assert.equal(originalNames(disguiseNames(text)), text);
  }
});

test('no name of a handler or a style is left, however it is set off', () => {
  const markup = ['<b onclick=x>', '<b\tONCLICK=x>', '<b/onclick=x>', '<b a="x"onclick=x>', "<b a='x'onclick=x>", '<b\nstyle=x>'];
  for (const html of markup) assert.doesNotMatch(disguiseNames(html), /(?<=[\s"'/])(?:onclick|style)/i, html);
  assert.doesNotMatch(disguiseNames('<style>b{}</style ><STYLE a></style>'), /<\/?style/i);
});

test('long hostile markup takes no longer than long', () => {
  const html = '<b on '.repeat(100_000) + '<style '.repeat(100_000) + ' '.repeat(500_000);
  assert.equal(originalNames(disguiseNames(html)), html);
});
