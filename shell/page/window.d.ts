// What early.js passes to main.js through the window.

import type { DeviceGrid } from '../canvas/device_grid.js';
import type { SignInReturn } from '../site/sign_in_return.js';

declare global {
  interface Window {
    octavoGrid: DeviceGrid;
    octavoSignIn: SignInReturn | null;
  }
}
