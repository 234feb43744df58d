// Parses HTML of unknown origin in an inert document: no script runs and nothing is loaded. The result is data, never markup again.

/** @import { HtmlRow } from '../site/conversation.d.ts' */

// The text of deeper elements is kept at this depth.
import { MAX_HTML_DEPTH as MAX_DEPTH } from '#constants';

// Elements whose content is not part of the page's text.
const SKIPPED = new Set(['script', 'style', 'template']);

// Where the engine has Trusted Types, the page's policy demands that markup for a parser passes through here. Nothing is checked,
// because scripts do not run in a document that is not shown.
const inertMarkup = globalThis.trustedTypes?.createPolicy('octavo-html', { createHTML: (html) => html });

// Browsers report handlers and styles as violations of the policy even there. So they are parsed under other names, marked with
// noncharacters of Unicode, and originalNames() restores them.
const NAME_MARK = '\uFDD0';
const STYLE_MARK = '\uFDD1';

/** @type {(html: string) => string} */
export function disguiseNames(html) {
  return html
    .replace(/(?<=[\s"'/])(?=on[a-z]|style)/gi, NAME_MARK)
    .replace(/(<\/?)style(?=[\s/>])/gi, `$1script ${STYLE_MARK}`);
}

/** @type {(text: string) => string} */
export function originalNames(text) {
  return text.replaceAll(`script ${STYLE_MARK}`, 'style').replaceAll(NAME_MARK, '');
}

// Returns the body's descendants in document order: [depth, text] or [depth, tag, [name, value, ...]]. The body has depth 0.
/** @type {(html: string) => HtmlRow[]} */
export function parseHtml(html) {
  const markup = `<!doctype html><body>${disguiseNames(html)}`;
  const inert = new DOMParser().parseFromString(inertMarkup?.createHTML(markup) ?? markup, 'text/html');
  /** @type {HtmlRow[]} */
  const rows = [];
  const waiting = childrenReversed(inert.body, 1);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    if (node instanceof Text) {
      rows.push([depth, wellFormed(node.data)]);
    } else if (node instanceof Element && !SKIPPED.has(node.localName)) {
      // At the limit only text is kept, so that the tree does not grow any deeper.
      const isTooDeep = depth >= MAX_DEPTH - 1;
      if (!isTooDeep) rows.push([depth, node.localName.toLowerCase(), attributesOf(node)]);
      for (const child of childrenReversed(node, isTooDeep ? depth : depth + 1)) waiting.push(child);
    }
  }
  return rows;
}

/** @type {(node: Node, depth: number) => [node: Node, depth: number][]} */
function childrenReversed(node, depth) {
  /** @type {[node: Node, depth: number][]} */
  const children = [];
  for (let child = node.lastChild; child !== null; child = child.previousSibling) children.push([child, depth]);
  return children;
}

/** @type {(element: Element) => string[]} */
function attributesOf(element) {
  return Array.from(element.attributes).flatMap(({ name, value }) => [originalNames(name).toLowerCase(), wellFormed(value)]);
}

// A lone surrogate is not text, and JSON readers refuse it.
/** @type {(text: string) => string} */
function wellFormed(text) {
  return originalNames(text).replace(/\p{Surrogate}/gu, '\uFFFD');
}
