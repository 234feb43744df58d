// Runs before the first paint: applies the text size and theme that this reader has chosen, and puts lengths on the device's grid, so
// that nothing flashes and nothing moves later. It is small, because the page waits for it.

import { DeviceGrid } from '../canvas/device_grid.js';
import { applyPreferences, textScale } from './preferences.js';
import { LocalStore } from '../site/local_store.js';
import { takeSignInReturn } from '../site/sign_in_return.js';
import { siteRoot } from '../site/site_address.js';

const root = siteRoot(/** @type {HTMLElement} */ (document.currentScript).dataset.root, location.href);
window.octavoSignIn = takeSignInReturn(root);

const localStore = new LocalStore(root);
applyPreferences({ theme: localStore.get('theme'), textSize: localStore.get('text-size') });

// For main.js, which cannot see the original lengths.
window.octavoGrid = new DeviceGrid(document.styleSheets);
window.octavoGrid.fit(window.devicePixelRatio || 1, textScale());
