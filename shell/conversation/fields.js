// The fields of the reply form: real elements of the page layer, which come and go with its pages; what was typed stays here.

import { CONVERSATION_STRINGS as STRINGS } from './strings.js';
import { markText } from './markdown_marks.js';

const NAMES = ['text', 'name', 'email', 'website', 'consent', 'remember'];
// From this share of the limit on the number of characters is shown.
const COUNTED_FROM = 0.5;

export class Fields {
  textMax = 0;
  #layer;
  #calls;
  #values = { text: '', name: '', email: '', website: '', consent: false, remember: false };
  #caret = [0, 0];
  #known = new WeakSet(); // elements that have their values
  #isKept = null; // null: nothing was typed yet

  // `calls` are {typed(values), rows(rows), submit()}.
  constructor(layer, calls, listeners) {
    this.#layer = layer;
    this.#calls = calls;
    listeners.add(layer, 'input', (event) => this.#isField(event.target) && this.#handleInput());
    listeners.add(layer, 'keydown', (event) => this.#handleKey(event));
    // The buttons of the toolbar leave the caret where it is.
    listeners.add(layer, 'mousedown', (event) => event.target.closest('.composer .toolbar button') && event.preventDefault());
  }

  // ---- Values ------------------------------------------------------------------------------------------------------

  fill(values) {
    for (const name of NAMES) if (name in values) this.#values[name] = values[name];
    this.#caret = [values.caretBegin, values.caretEnd];
    this.#known = new WeakSet();
    this.handleShown();
  }

  forget() {
    this.fill({ text: '', consent: false, caretBegin: 0, caretEnd: 0 });
    this.#isKept = null;
  }

  // New elements get what was typed before.
  handleShown() {
    for (const name of NAMES) {
      const element = this.#element(name);
      if (element === null || this.#known.has(element)) continue;
      this.#known.add(element);
      if (element.type === 'checkbox') element.checked = this.#values[name];
      else if (element.value !== this.#values[name]) element.value = this.#values[name];
      if (name === 'text') this.#setCaret(element);
    }
    this.#note();
    this.#fit();
  }

  // Passes on what browsers fill in without saying so.
  tell() {
    if (this.#element('text') !== null && this.#read()) this.tellAgain();
  }

  tellAgain() {
    const [caretBegin, caretEnd] = this.#caret;
    this.#calls.typed({ ...this.#values, caretBegin, caretEnd });
  }

  setKept(isKept) {
    this.#isKept = isKept;
    this.#note();
  }

  focus(name) {
    const element = this.#element(name);
    element?.focus();
    element?.scrollIntoView({ block: 'nearest' });
  }

  // Bold, link…: as if it had been typed, so that it can be undone.
  mark(kind) {
    const element = this.#element('text');
    if (element === null) return;
    const { begin, end, text, selectBegin, selectEnd } = markText(kind, element.value, element.selectionStart, element.selectionEnd);
    element.focus();
    element.setSelectionRange(begin, end);
    // Deprecated, and the only way to change a text so that the browser can undo it.
    if (!document.execCommand('insertText', false, text)) element.setRangeText(text, begin, end);
    element.setSelectionRange(selectBegin, selectEnd);
    this.#handleInput();
  }

  // ---- Elements ----------------------------------------------------------------------------------------------------

  #element(name) {
    return this.#layer.querySelector(`#octavo-${name}`);
  }

  #isField(element) {
    return element.closest('.composer') !== null;
  }

  #handleInput() {
    this.#read();
    this.#isKept = null;
    this.tellAgain();
    this.#note();
    this.#fit();
  }

  #handleKey(event) {
    if (event.key !== 'Enter' || event.isComposing || !this.#isField(event.target)) return;
    const isOneLine = event.target.matches('input:not([type="checkbox"])');
    if (!event.ctrlKey && !event.metaKey && !isOneLine) return;
    event.preventDefault();
    this.#calls.submit();
  }

  // True when something has changed.
  #read() {
    let isChanged = false;
    for (const name of NAMES) {
      const element = this.#element(name);
      if (element === null) continue;
      const value = element.type === 'checkbox' ? element.checked : element.value;
      isChanged = isChanged || value !== this.#values[name];
      this.#values[name] = value;
      if (name !== 'text') continue;
      const caret = [element.selectionStart, element.selectionEnd];
      isChanged = isChanged || caret.some((at, i) => at !== this.#caret[i]);
      this.#caret = caret;
    }
    return isChanged;
  }

  #setCaret(element) {
    const [begin, end] = this.#caret.map((at) => Math.min(at, element.value.length));
    element.setSelectionRange(begin, end);
  }

  // A text longer than its field makes it grow.
  #fit() {
    const element = this.#element('text');
    if (element === null || element.scrollHeight <= element.clientHeight + 1) return;
    const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(element);
    const room = element.scrollHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
    const rows = Math.ceil(room / parseFloat(lineHeight) - 0.01) + 1;
    if (rows > this.#rows) this.#calls.rows(rows);
    this.#rows = Math.max(this.#rows, rows);
  }

  #rows = 0;

  #note() {
    const note = this.#layer.querySelector('#octavo-text-note');
    if (note === null) return;
    const parts = [];
    const count = [...this.#values.text].length;
    if (this.textMax > 0 && count > this.textMax) parts.push(STRINGS.tooLong(count - this.textMax));
    else if (this.textMax > 0 && count >= this.textMax * COUNTED_FROM) parts.push(STRINGS.left(this.textMax - count));
    else if (count > 0) parts.push(STRINGS.count(count));
    if (this.#isKept !== null && count > 0) parts.push(this.#isKept ? STRINGS.kept : STRINGS.notKept);
    const text = parts.join(' · ');
    if (note.textContent !== text) note.textContent = text;
  }
}
