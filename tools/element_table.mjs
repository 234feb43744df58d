// Reads elements.def for the shell: what the page layer may contain, and how elements are copied. Scripts import the result as "#elements":
// Node resolves that to this file (package.json), and esbuild to the values themselves (tools/generated_modules.mjs).
// @ts-nocheck: the types of Node's modules are not installed.
import { readFileSync } from 'node:fs';

const FILE = new URL('../src/core/content/document/elements.def', import.meta.url);
// The columns of each kind of row.
const COLUMNS = {
  INLINE: ['kind', 'name', 'tag', 'meaning', 'look', 'syntax', 'uses', 'attributes'],
  ALIAS: ['kind', 'tag', 'syntax', 'uses'],
  BLOCK: ['kind', 'name', 'tag', 'meaning', 'lines', 'syntax', 'uses', 'attributes'],
  ELEMENT: ['tag', 'meaning', 'lines', 'syntax', 'uses', 'attributes'],
};
const ROW = /^([A-Z_]+)\((.*)\)$/;
const COMMA = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/; // outside of quotes

// {elements: [{tag, uses, attributes}...], globalAttributes} of the file's text.
export function parseElements(text) {
  const table = { elements: [], globalAttributes: '' };
  for (const line of text.split('\n')) {
    const [, macro, row] = ROW.exec(line) ?? [];
    if (macro === undefined) continue;
    const columns = row.split(COMMA).map((column) => column.trim().replaceAll('"', ''));
    if (macro === 'GLOBAL_ATTRIBUTES') table.globalAttributes = columns[0];
    const names = COLUMNS[macro];
    if (names === undefined) continue;
    if (names.length !== columns.length) throw new Error(`elements.def: ${line}`);
    const { tag, uses, attributes = '' } = Object.fromEntries(names.map((name, i) => [name, columns[i]]));
    table.elements.push({ tag, uses: uses.split(' | '), attributes });
  }
  return table;
}

const { elements, globalAttributes } = parseElements(readFileSync(FILE, 'utf8'));
const used = (use) => elements.filter(({ uses }) => uses.includes(use));
const tagsOf = (use) => used(use).map(({ tag }) => tag);

// tag -> the attributes that it may have in the page layer, besides the global ones.
/** @type {Record<string, string>} */
export const PAGE_ELEMENTS = Object.fromEntries(used('Page').map(({ tag, attributes }) => [tag, attributes]));
/** @type {string} */
export const GLOBAL_ATTRIBUTES = globalAttributes;
/** @type {string[]} */
export const COPIED_ELEMENTS = tagsOf('Copied');
/** @type {string[]} */
export const WRAPPER_ELEMENTS = tagsOf('Wrapper');
/** @type {string[]} */
export const LEFT_OUT_ELEMENTS = tagsOf('LeftOut');
