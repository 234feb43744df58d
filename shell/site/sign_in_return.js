// Somebody comes back from signing in elsewhere (conversation/sign_in.js): the fragment leaves the address bar, and either this window
// goes on by itself, or the one that waits is told and this one closes.

import { storagePrefix } from './site_scope.js';

export const SIGN_IN_CHANNEL = 'sign-in';
const KEY = 'sign-in';

// What a window needs that has left the page to sign in: {endpoint, label, id, ticket, scrollY}.
export const pendingSignIn = {
  set(prefix, pending) {
    sessionStorage.setItem(prefix + KEY, JSON.stringify(pending));
  },
  take(prefix) {
    try {
      const pending = JSON.parse(sessionStorage.getItem(prefix + KEY));
      sessionStorage.removeItem(prefix + KEY);
      return pending;
    } catch {
      return null;
    }
  },
};

// {pending, answer: {id, code, failure}} when this window has to go on; null when nobody has come back to it.
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
