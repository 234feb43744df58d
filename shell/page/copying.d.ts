// Types of copying.js, which is made from the table of elements.

import type { Listeners } from '../site/listeners.js';

export function watchCopying(layer: HTMLElement, listeners: Listeners): void;
