// The Markdown buttons. « and » mark the ends of the selection.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markText } from '../../../shell/conversation/markdown_marks.js';

function marked(kind, text) {
  const begin = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  const value = text.replace(/[«»]/g, '');
  const change = markText(kind, value, begin, end);
  const result = value.slice(0, change.begin) + change.text + value.slice(change.end);
  return `${result.slice(0, change.selectBegin)}«${result.slice(change.selectBegin, change.selectEnd)}»${result.slice(change.selectEnd)}`;
}

const CASES = [
  ['bold', 'a «b» c', 'a **«b»** c'],
  ['bold', 'a **«b»** c', 'a «b» c'],
  ['bold', '«»', '**«»**'],
  ['italic', '«x y»', '*«x y»*'],
  ['code', 'call «f()»', 'call `«f()»`'],
  ['code', 'a\n«x\ny»', 'a\n```\nx\ny\n```\n«»'],
  ['link', 'see «this»', 'see [this](«https://»)'],
  ['link', 'see «https://a.example»', 'see [«»](https://a.example)'],
  ['link', '«»', '[«»](https://)'],
  ['quote', 'a\n«b\nc»', 'a\n> b\n> c«»'],
  ['quote', '«> b»', 'b«»'],
  ['list', 'o«ne»', '- one«»'],
];

for (const [kind, before, after] of CASES) {
  test(`${kind}: ${JSON.stringify(before)}`, () => assert.equal(marked(kind, before), after));
}
