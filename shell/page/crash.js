// When painting is impossible the elements' own text becomes visible: for a while (context lost, translated text) or for good.

import { STRINGS } from '../site/strings.js';

const root = document.documentElement;
const reasons = new Set();

// Shows the DOM's text as long as at least one reason holds.
export function showDomText(reason) {
  reasons.add(reason);
  root.classList.add('octavo-dom-text');
}

export function hideDomText(reason) {
  reasons.delete(reason);
  root.classList.toggle('octavo-dom-text', reasons.size > 0);
}

export function isDomTextShown() {
  return reasons.size > 0;
}

// The static page as it came, with links that load pages. Used when the reader never started.
export function leaveStaticPage(error) {
  root.classList.remove('octavo-set', 'octavo-live', 'octavo-script');
  console.info('octavo: the page stays as it is:', error.code ?? error.message);
}

let notice = null;

// The program has died: the page that was shown stays readable, with one quiet notice.
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

// Another program has adopted; without a crash before it this does nothing.
export function hideCrash() {
  notice?.remove();
  hideDomText('crash');
}
