// Keeps the reader's selection while the elements change: text nodes are divided where other lines end, and browsers move a selection
// in a node that changes to the node's beginning.

/** @typedef {{ block: Element, count: number } | { block?: undefined, node: Node, offset: number }} SelectionEnd */
/** @typedef {{ letters: string, isForward: boolean, anchor: SelectionEnd, focus: SelectionEnd }} SelectionPlace */

import { TEXT_BLOCKS } from './browser_line_reader.js';

/** @type {(text: string) => string} */
const lettersOf = (text) => text.replace(/\s+/g, '');

// Null when nothing is selected. An end within a block is given by the number of the block's letters before it, which does not change.
/** @type {(layer: Element) => SelectionPlace | null} */
export function selectionPlace(layer) {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (anchorNode === null || focusNode === null) return null;
  const range = selection.getRangeAt(0);
  return {
    letters: lettersOf(range.toString()),
    isForward: range.startContainer === anchorNode && range.startOffset === anchorOffset,
    anchor: placeOf(anchorNode, anchorOffset, layer),
    focus: placeOf(focusNode, focusOffset, layer),
  };
}

/** @type {(place: SelectionPlace | null) => void} */
export function restoreSelection(place) {
  const selection = getSelection();
  if (place === null || selection === null) return;
  if (selection.rangeCount > 0 && lettersOf(selection.getRangeAt(0).toString()) === place.letters) return;
  selection.setBaseAndExtent(...pointAt(place.anchor, place.isForward), ...pointAt(place.focus, !place.isForward));
}

/** @type {(node: Node, offset: number, layer: Element) => SelectionEnd} */
function placeOf(node, offset, layer) {
  const block = (node instanceof Element ? node : node.parentElement)?.closest(TEXT_BLOCKS);
  if (!block || !layer.contains(block)) return { node, offset };
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return { block, count: lettersOf(range.toString()).length };
}

// A beginning is before the next letter, an end is after the last one.
/** @type {(end: SelectionEnd, isBeginning: boolean) => [node: Node, offset: number]} */
function pointAt(end, isBeginning) {
  if (end.block === undefined) return [end.node, end.offset];
  const { block, count } = end;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let text = walker.nextNode(); text instanceof Text; text = walker.nextNode()) {
    for (const { index } of text.data.matchAll(/\S/g)) {
      if (isBeginning && seen === count) return [text, index];
      seen += 1;
      if (!isBeginning && seen === count) return [text, index + 1];
    }
  }
  return [block, isBeginning ? block.childNodes.length : 0];
}
