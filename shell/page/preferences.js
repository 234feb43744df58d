// The reader's text size and theme as attributes of the root element; everything else follows from the style sheet.

/** @import { Listeners } from '../site/listeners.js' */

import { STANDARD_FONT_SIZE, TEXT_SIZES, THEMES } from '#constants';

const root = document.documentElement;

// An empty or unknown value leaves the theme as the page has it, and sets the standard text size.
/** @type {(preferences: { theme: string, textSize: string }) => void} */
export function applyPreferences({ theme, textSize }) {
  if (THEMES.includes(theme)) root.dataset.theme = theme;
  if (TEXT_SIZES.map(String).includes(textSize)) root.dataset.textSize = textSize;
  else delete root.dataset.textSize;
  colorBrowser();
}

// Colors the browser's own surfaces around the page. The first <meta> that applies counts, so ours comes before those of the system's
// themes while another theme is chosen.
function colorBrowser() {
  document.head.querySelector('meta[name="theme-color"]:not([media])')?.remove();
  const { theme } = root.dataset;
  if (theme === undefined || !THEMES.includes(theme) || theme === 'system') return;
  const meta = document.createElement('meta');
  meta.name = 'theme-color';
  meta.content = getComputedStyle(root).getPropertyValue('--page').trim();
  document.head.prepend(meta);
}

// The reader's choice and the browser's setting as one factor. The scroll margin of <head>, which is there before the body, is 1rem (on
// the root itself WebKit takes a rem for 16 pixels). The root's font size may be larger, where the browser has a minimum font size.
/** @type {() => number} */
export function textScale() {
  return parseFloat(getComputedStyle(document.head).scrollMarginTop) / STANDARD_FONT_SIZE;
}

export function chosenTheme() {
  return root.dataset.theme;
}

// Calls `changed` when another choice is applied.
/** @type {(listeners: Listeners, changed: (what: 'theme' | 'size') => void) => void} */
export function watchPreferences(listeners, changed) {
  const observer = new MutationObserver((records) => {
    for (const { attributeName } of records) changed(attributeName === 'data-theme' ? 'theme' : 'size');
  });
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-text-size'] });
  listeners.addUndo(() => observer.disconnect());
}
