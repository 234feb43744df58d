// The reader's text size and theme as attributes of the root element, from which the style sheet takes everything else.

import { STANDARD_FONT_SIZE, TEXT_SIZES, THEMES } from '#constants';


const root = document.documentElement;

// What is empty or unknown leaves the theme as the page has it and the text at its standard size.
export function applyPreferences({ theme, textSize }) {
  if (THEMES.includes(theme)) root.dataset.theme = theme;
  if (TEXT_SIZES.map(String).includes(textSize)) root.dataset.textSize = textSize;
  else delete root.dataset.textSize;
  colorBrowser();
}

// The browser's own surfaces around the page: the first <meta> that applies counts, so ours stands before those of the system's
// themes while another one is chosen.
function colorBrowser() {
  document.head.querySelector('meta[name="theme-color"]:not([media])')?.remove();
  if (!THEMES.includes(root.dataset.theme) || root.dataset.theme === 'system') return;
  const meta = document.createElement('meta');
  meta.name = 'theme-color';
  meta.content = getComputedStyle(root).getPropertyValue('--page').trim();
  document.head.prepend(meta);
}

// What the reader chose here and what the browser is set to, as one factor. The root's scroll margin is 1rem; its font size may be a
// larger one, of a browser that allows no small letters.
export function textScale() {
  return parseFloat(getComputedStyle(root).scrollMarginTop) / STANDARD_FONT_SIZE;
}

export function chosenTheme() {
  return root.dataset.theme;
}

// Calls `changed(what)` with "theme" or "size" when another choice is applied.
export function watchPreferences(listeners, changed) {
  const observer = new MutationObserver((records) => {
    for (const { attributeName } of records) changed(attributeName === 'data-theme' ? 'theme' : 'size');
  });
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-text-size'] });
  listeners.addUndo(() => observer.disconnect());
}
