// When painting is impossible the DOM text becomes visible: for a while (context lost, translated text) or for good.

/** @typedef {'context' | 'crash' | 'rewritten'} DomTextReason */

import { messageOf } from '../site/errors.js';
import { STRINGS } from '../site/strings.js';

const root = document.documentElement;
/** @type {Set<DomTextReason>} */
const reasons = new Set();

// Shows the DOM text as long as at least one reason holds.
/** @type {(reason: DomTextReason) => void} */
export function showDomText(reason) {
  reasons.add(reason);
  root.classList.add('octavo-dom-text');
}

/** @type {(reason: DomTextReason) => void} */
export function hideDomText(reason) {
  reasons.delete(reason);
  root.classList.toggle('octavo-dom-text', reasons.size > 0);
}

export function isDomTextShown() {
  return reasons.size > 0;
}

// Leaves the static page as it came, with links that load pages. Used when the reader has not started.
/** @type {(error: unknown) => void} */
export function leaveStaticPage(error) {
  root.classList.remove('octavo-set', 'octavo-live', 'octavo-script');
  console.info('octavo: the page stays as it is:', error instanceof Error && 'code' in error ? error.code : messageOf(error));
}

/** @type {HTMLElement | null} */
let notice = null;

// The program has crashed: the page stays readable, with one quiet notice.
/** @type {(error: unknown) => void} */
export function showCrash(error) {
  showDomText('crash');
  root.classList.remove('octavo-script');
  console.warn('octavo: the reader stopped:', error);
  notice?.remove();
  notice = document.createElement('p');
  notice.className = 'octavo-notice';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  notice.textContent = STRINGS.crashed;
}

// Another run of the program has adopted the page. Does nothing when there was no crash.
export function hideCrash() {
  notice?.remove();
  hideDomText('crash');
}
