// What the reader has selected stays selected while the elements change: text nodes are cut where other lines end, and browsers take a
// selection in a node that changes back to its beginning.

import { TEXT_BLOCKS } from './browser_line_reader.js';

const lettersOf = (text) => text.replace(/\s+/g, '');

// null when nothing is selected. Ends within a block are told by its letters before them, for these stay as they are.
export function selectionPlace(layer) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const range = selection.getRangeAt(0);
  return {
    letters: lettersOf(range.toString()),
    isForward: range.startContainer === anchorNode && range.startOffset === anchorOffset,
    anchor: placeOf(anchorNode, anchorOffset, layer),
    focus: placeOf(focusNode, focusOffset, layer),
  };
}

export function returnSelection(place) {
  if (place === null) return;
  const selection = getSelection();
  if (selection.rangeCount > 0 && lettersOf(selection.getRangeAt(0).toString()) === place.letters) return;
  selection.setBaseAndExtent(...pointAt(place.anchor, place.isForward), ...pointAt(place.focus, !place.isForward));
}

function placeOf(node, offset, layer) {
  const block = (node instanceof Element ? node : node.parentElement)?.closest(TEXT_BLOCKS);
  if (!layer.contains(block ?? null)) return { node, offset };
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return { block, count: lettersOf(range.toString()).length };
}

// Before the next letter for a beginning, behind the last one for an end.
function pointAt({ block, count, node, offset }, isBeginning) {
  if (block === undefined) return [node, offset];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    for (const { index } of text.data.matchAll(/\S/g)) {
      if (isBeginning && seen === count) return [text, index];
      seen += 1;
      if (!isBeginning && seen === count) return [text, index + 1];
    }
  }
  return [block, isBeginning ? block.childNodes.length : 0];
}
