// A reader comes back from signing in elsewhere (conversation/sign_in.js): the fragment leaves the address bar. If this window left the
// page to sign in, it continues; otherwise it tells the window that waits, and closes.

/** @typedef {{ endpoint: string, label: string, id: string, ticket: string, scrollY: number }} PendingSignIn */
/** @typedef {{ id: string, code: string, failure: string }} SignInAnswer */
/** @typedef {{ pending: PendingSignIn, answer: SignInAnswer }} SignInReturn */

import { storagePrefix } from './site_scope.js';

export const SIGN_IN_CHANNEL = 'sign-in';
const KEY = 'sign-in';

// What a window needs when it comes back from signing in.
export const pendingSignIn = {
  /** @type {(prefix: string, pending: PendingSignIn) => void} */
  set(prefix, pending) {
    sessionStorage.setItem(prefix + KEY, JSON.stringify(pending));
  },
  /** @type {(prefix: string) => PendingSignIn | null} */
  take(prefix) {
    try {
      const pending = JSON.parse(sessionStorage.getItem(prefix + KEY) ?? 'null');
      sessionStorage.removeItem(prefix + KEY);
      return pending;
    } catch {
      return null;
    }
  },
};

// Null when this window has nothing to continue.
/** @type {(root: URL) => SignInReturn | null} */
export function takeSignInReturn(root) {
  const found = /^#octavo-sign-in(-failed)?=([^.]*)\.(.*)$/.exec(location.hash);
  if (found === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  const [, isFailure, id, said] = found;
  const answer = { id, code: isFailure ? '' : said, failure: isFailure ? said : '' };
  const prefix = storagePrefix(root);
  const pending = pendingSignIn.take(prefix);
  if (pending !== null) return { pending, answer };
  new BroadcastChannel(prefix + SIGN_IN_CHANNEL).postMessage(answer);
  window.close();
  return null;
}
