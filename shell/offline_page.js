// The script of offline.html: says what is saved on this device, and lets the reader save more or less.

import { siteRoot } from './site_address.js';
import { STRINGS } from './strings.js';
import { ask, registerWorker } from './worker_client.js';

const root = siteRoot(document.getElementById('octavo_script').dataset.root, location.href);
