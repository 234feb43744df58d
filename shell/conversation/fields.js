// The fields of the reply form: real elements of the page layer, which come and go with its pages; what was typed stays here.

/** @import { Listeners } from '../site/listeners.js' */
/** @import { Caret, FieldName, FormValues } from './messages.d.ts' */
/** @typedef {{ typed: (values: FormValues & Caret) => void, rows: (rows: number) => void, submit: () => void }} FieldCalls */

import { FORM_FIELDS as NAMES } from '#constants';
import { CONVERSATION_STRINGS as STRINGS } from './strings.js';
import { markText } from './markdown_marks.js';

// From this share of the limit on the number of characters is shown.
const COUNTED_FROM = 0.5;

export class Fields {
  textMax = 0;
  #layer;
  #calls;
  /** @type {FormValues} */
  #values = { text: '', name: '', email: '', website: '', consent: false, remember: false };
  /** @type {[begin: number, end: number]} */
  #caret = [0, 0];
  #known = new WeakSet(); // elements that have their values
  /** @type {boolean | null} */
  #isKept = null; // null: nothing was typed yet

  /** @param {HTMLElement} layer @param {FieldCalls} calls @param {Listeners} listeners */
  constructor(layer, calls, listeners) {
    this.#layer = layer;
    this.#calls = calls;
    listeners.add(layer, 'input', ({ target }) => this.#isField(target) && this.#handleInput());
    listeners.add(layer, 'keydown', (event) => this.#handleKey(event));
    // The buttons of the toolbar leave the caret where it is.
    listeners.add(layer, 'mousedown', (event) => isWithin(event.target, '.composer .toolbar button') && event.preventDefault());
  }

  // ---- Values ------------------------------------------------------------------------------------------------------

  /** @type {(values: Partial<FormValues> & Caret) => void} */
  fill(values) {
    this.#values = { ...this.#values, ...pick(values) };
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
      setValue(element, this.#values[name]);
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

  /** @type {(isKept: boolean) => void} */
  setKept(isKept) {
    this.#isKept = isKept;
    this.#note();
  }

  /** @type {(name: FieldName) => void} */
  focus(name) {
    const element = this.#element(name);
    element?.focus();
    element?.scrollIntoView({ block: 'nearest' });
  }

  // Bold, link…: as if it had been typed, so that it can be undone.
  /** @type {(kind: string) => void} */
  mark(kind) {
    const element = this.#element('text');
    if (element === null) return;
    const { begin, end, text, selectBegin, selectEnd } = markText(kind, element.value, element.selectionStart ?? 0, element.selectionEnd ?? 0);
    element.focus();
    element.setSelectionRange(begin, end);
    // Deprecated, and the only way to change a text so that the browser can undo it.
    if (!document.execCommand('insertText', false, text)) element.setRangeText(text, begin, end);
    element.setSelectionRange(selectBegin, selectEnd);
    this.#handleInput();
  }

  // ---- Elements ----------------------------------------------------------------------------------------------------

  /** @type {(name: FieldName) => HTMLInputElement | HTMLTextAreaElement | null} */
  #element(name) {
    const element = this.#layer.querySelector(`#octavo-${name}`);
    return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
  }

  /** @type {(target: EventTarget | null) => boolean} */
  #isField(target) {
    return isWithin(target, '.composer');
  }

  #handleInput() {
    this.#read();
    this.#isKept = null;
    this.tellAgain();
    this.#note();
    this.#fit();
  }

  /** @type {(event: KeyboardEvent) => void} */
  #handleKey(event) {
    if (event.key !== 'Enter' || event.isComposing || !this.#isField(event.target)) return;
    const isOneLine = event.target instanceof HTMLInputElement && !isCheckBox(event.target);
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
      const value = valueOf(element);
      isChanged = isChanged || value !== this.#values[name];
      this.#values = { ...this.#values, [name]: value };
      if (name !== 'text') continue;
      /** @type {[begin: number, end: number]} */
      const caret = [element.selectionStart ?? 0, element.selectionEnd ?? 0];
      isChanged = isChanged || caret.some((at, i) => at !== this.#caret[i]);
      this.#caret = caret;
    }
    return isChanged;
  }

  /** @type {(element: HTMLInputElement | HTMLTextAreaElement) => void} */
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

/** @type {(target: EventTarget | null, selector: string) => boolean} */
function isWithin(target, selector) {
  return target instanceof Element && target.closest(selector) !== null;
}

/** @type {(element: HTMLInputElement | HTMLTextAreaElement) => element is HTMLInputElement} */
function isCheckBox(element) {
  return element.type === 'checkbox';
}

/** @type {(element: HTMLInputElement | HTMLTextAreaElement) => string | boolean} */
function valueOf(element) {
  return isCheckBox(element) ? element.checked : element.value;
}

// A text that is the same is not set anew: the caret would move.
/** @type {(element: HTMLInputElement | HTMLTextAreaElement, value: string | boolean) => void} */
function setValue(element, value) {
  if (isCheckBox(element)) element.checked = value === true;
  else if (element.value !== value) element.value = String(value);
}

// The members of an effect that are fields.
/** @type {(values: Partial<FormValues>) => Partial<FormValues>} */
function pick(values) {
  return Object.fromEntries(NAMES.filter((name) => name in values).map((name) => [name, values[name]]));
}
