// What is copied from the page: the text as the browser gives it, and markup that says what the elements mean. By itself a browser would
// add how they look, and they look transparent over the canvas, with line breaks that are the layout's.

// Elements that mean something in another document, and what of them does.
const KEPT = new Set(
  ('a abbr b blockquote br caption cite code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre ' +
    'q s samp small strong sub sup table tbody td tfoot th thead time tr u ul').split(' '),
);
const ATTRIBUTES = ['alt', 'title', 'lang', 'dir', 'colspan', 'rowspan', 'start', 'datetime'];
const LEFT_OUT = 'button, canvas, input, script, style, .lh';
// What a part of a paragraph lies in and takes along.
const WRAPPERS = 'a, abbr, b, cite, code, del, em, i, ins, kbd, mark, pre, s, samp, small, strong, sub, sup, u';

export function watchCopying(layer, listeners) {
  listeners.add(document, 'copy', (event) => {
    const selection = getSelection();
    const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    if (isField || selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(layer)) return;
    const content = meaningOf(selection.getRangeAt(0));
    event.clipboardData.setData('text/html', markupOf(content));
    event.clipboardData.setData('text/plain', textOf(content));
    event.preventDefault();
  });
}

function meaningOf(range) {
  let content = document.createDocumentFragment();
  appendMeaning(content, range.cloneContents());
  const common = range.commonAncestorContainer;
  for (let outer = common instanceof Element ? common : common.parentElement; outer?.matches(WRAPPERS); outer = outer.parentElement) {
    const wrapper = bare(outer);
    wrapper.append(content);
    content = wrapper;
  }
  return content;
}

function markupOf(content) {
  return new XMLSerializer().serializeToString(content).replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', '');
}

// As browsers copy it: paragraphs apart, cells with tabs between them, images as their alternative text. They know when it is laid out.
function textOf(content) {
  const room = document.createElement('div');
  room.className = 'octavo-copied';
  room.append(content.cloneNode(true));
  for (const image of room.querySelectorAll('img')) image.replaceWith(image.alt);
  document.body.append(room);
  const text = room.innerText.replaceAll('\u00a0', ' ');
  room.remove();
  return text;
}

function appendMeaning(target, source) {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) target.append(node.data);
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) continue;
    const next = KEPT.has(node.localName) ? bare(node) : target;
    appendMeaning(next, node);
    if (next !== target) target.append(next);
  }
}

function bare(element) {
  const copy = document.createElement(element.localName);
  for (const name of ATTRIBUTES) {
    if (element.hasAttribute(name)) copy.setAttribute(name, element.getAttribute(name));
  }
  if (element.hasAttribute('href')) copy.setAttribute('href', element.href);
  if (element.hasAttribute('src')) copy.setAttribute('src', element.src);
  return copy;
}
