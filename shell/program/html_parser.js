// Foreign HTML parsed in an inert document: no script runs and nothing is loaded. The result is data, never markup again.

// What is nested deeper keeps its text at this depth.
import { MAX_HTML_DEPTH as MAX_DEPTH } from '#constants';

// Their content is no text of the page.
const SKIPPED = new Set(['script', 'style', 'template']);

// The page's policy wants markup for a parser to pass through here (Trusted Types, where the engine has them). Nothing is checked,
// since a document that nobody shows runs nothing.
const inertMarkup = globalThis.trustedTypes?.createPolicy('octavo-html', { createHTML: (html) => html });

// Handlers and styles are reported as offences against the policy even there, so they are parsed under other names: marked with
// what Unicode keeps free for such use, and read back by original().
const NAME_MARK = '\uFDD0';
const STYLE_MARK = '\uFDD1';

export function quiet(html) {
  return html
    .replace(/(?<=[\s"'/])(?=on[a-z]|style)/gi, NAME_MARK)
    .replace(/(<\/?)style(?=[\s/>])/gi, `$1script ${STYLE_MARK}`);
}

export function original(text) {
  return text.replaceAll(`script ${STYLE_MARK}`, 'style').replaceAll(NAME_MARK, '');
}

// Returns the body's descendants in document order: [depth, text] or [depth, tag, [name, value, ...]]. The body has depth 0.
export function parseHtml(html) {
  const markup = `<!doctype html><body>${quiet(html)}`;
  const inert = new DOMParser().parseFromString(inertMarkup?.createHTML(markup) ?? markup, 'text/html');
  const rows = [];
  const waiting = childrenReversed(inert.body, 1);
  while (waiting.length > 0) {
    const [node, depth] = waiting.pop();
    if (node.nodeType === Node.TEXT_NODE) {
      rows.push([depth, wellFormed(node.data)]);
    } else if (node.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(node.localName)) {
      // At the limit only text is kept, so that the tree does not grow any deeper.
      const isTooDeep = depth >= MAX_DEPTH - 1;
      if (!isTooDeep) rows.push([depth, node.localName.toLowerCase(), attributesOf(node)]);
      for (const child of childrenReversed(node, isTooDeep ? depth : depth + 1)) waiting.push(child);
    }
  }
  return rows;
}

function childrenReversed(node, depth) {
  const children = [];
  for (let child = node.lastChild; child !== null; child = child.previousSibling) children.push([child, depth]);
  return children;
}

function attributesOf(element) {
  return Array.from(element.attributes).flatMap(({ name, value }) => [original(name).toLowerCase(), wellFormed(value)]);
}

// Half of a surrogate pair is not text, and JSON readers refuse it.
function wellFormed(text) {
  return original(text).replace(/\p{Surrogate}/gu, '\uFFFD');
}
