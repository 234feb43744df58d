// Markdown around a selection, as a pure function.

// Replace begin…end of the value by `text`, then select selectBegin…selectEnd.
/** @typedef {{ begin: number, end: number, text: string, selectBegin: number, selectEnd: number }} Edit */

/** @type {Record<string, string>} */
const PAIRS = { bold: '**', italic: '*', code: '`' };
/** @type {Record<string, string>} */
const LINES = { quote: '> ', list: '- ' };

// What to do with `value`, of which begin…end is selected.
/** @type {(kind: string, value: string, begin: number, end: number) => Edit} */
export function markText(kind, value, begin, end) {
  const selected = value.slice(begin, end);
  if (kind === 'link') return markLink(selected, begin, end);
  if (kind in LINES) return markLines(LINES[kind], value, begin, end);
  const isBlock = kind === 'code' && selected.includes('\n');
  return isBlock ? markBlock(selected, value, begin, end) : markPair(PAIRS[kind], selected, value, begin, end);
}

// Marked already: the marks go.
/** @type {(mark: string, selected: string, value: string, begin: number, end: number) => Edit} */
function markPair(mark, selected, value, begin, end) {
  const isMarked = value.slice(begin - mark.length, begin) === mark && value.slice(end, end + mark.length) === mark;
  if (isMarked && selected !== '') {
    const from = begin - mark.length;
    return { begin: from, end: end + mark.length, text: selected, selectBegin: from, selectEnd: from + selected.length };
  }
  const from = begin + mark.length;
  return { begin, end, text: mark + selected + mark, selectBegin: from, selectEnd: from + selected.length };
}

/** @type {(selected: string, begin: number, end: number) => Edit} */
function markLink(selected, begin, end) {
  const isAddress = /^https?:\/\/\S+$/.test(selected);
  const [label, address] = isAddress ? ['', selected] : [selected, 'https://'];
  const text = `[${label}](${address})`;
  // What is still missing is selected: the label, or the address.
  const from = begin + (label === '' ? 1 : label.length + 3);
  return { begin, end, text, selectBegin: from, selectEnd: label === '' ? from : from + address.length };
}

/** @type {(mark: string, value: string, begin: number, end: number) => Edit} */
function markLines(mark, value, begin, end) {
  const from = value.lastIndexOf('\n', begin - 1) + 1;
  const lines = value.slice(from, end).split('\n');
  const isMarked = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join('\n');
  return { begin: from, end, text, selectBegin: from + text.length, selectEnd: from + text.length };
}

/** @type {(selected: string, value: string, begin: number, end: number) => Edit} */
function markBlock(selected, value, begin, end) {
  const before = begin === 0 || value[begin - 1] === '\n' ? '' : '\n';
  const text = `${before}\`\`\`\n${selected}\n\`\`\`\n`;
  return { begin, end, text, selectBegin: begin + text.length, selectEnd: begin + text.length };
}
