// Signing in with an account elsewhere: in a window of its own, or, where that is not allowed, in this one. People come back to a page
// of the blog with a code in its fragment (../sign_in_return.js); with the ticket that is kept here it makes a session.

import { pendingSignIn, SIGN_IN_CHANNEL } from '../site/sign_in_return.js';

const WINDOW = 'popup,width=520,height=680';

export class SignIn {
  #prefix;
  #localStore;
  #calls;
  #attempt = null; // {endpoint, label, id, ticket, popup}
  #channel = null;

  // `calls` are {signedIn(session), ended(why)}.
  constructor(prefix, localStore, calls) {
    this.#prefix = prefix;
    this.#localStore = localStore;
    this.#calls = calls;
    if (!('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(prefix + SIGN_IN_CHANNEL);
    this.#channel.onmessage = ({ data }) => this.#comeBack(data);
  }

  // {token, name, label, image} or null.
  session(endpoint) {
    try {
      const session = JSON.parse(this.#localStore.get(`session:${endpoint}`));
      return Date.parse(session.expires) > Date.now() ? { ...session, image: allowedImage(session.picture) } : null;
    } catch {
      return null;
    }
  }

  // To be called within the click, or no browser lets a window open. What was typed is kept by then.
  async begin({ provider, label, endpoint }) {
    this.cancel();
    const popup = this.#channel && window.open('about:blank', '', WINDOW);
    const attempt = { endpoint, label, popup, id: '', ticket: '' };
    this.#attempt = attempt;
    const begun = await post(`${endpoint}auth/begin`, { provider, return: location.href.replace(/#.*/, '') });
    if (this.#attempt !== attempt) return;
    if (begun === null) {
      this.#end('failed');
      return;
    }
    attempt.id = begun.id;
    attempt.ticket = begun.ticket;
    if (popup) {
      // Whatever page comes there has no hold on this one; nor has this one on it, so that window closes by itself only.
      popup.opener = null;
      popup.location.replace(begun.login_url);
    } else {
      pendingSignIn.set(this.#prefix, { endpoint, label, id: begun.id, ticket: begun.ticket, scrollY: window.scrollY });
      location.assign(begun.login_url);
    }
  }

  // In this window, after a page was loaded with an answer: goes on where begin() left off.
  resume(pending, answer) {
    this.#attempt = { ...pending, popup: null };
    return this.#comeBack(answer);
  }

  cancel() {
    this.#attempt?.popup?.close();
    this.#attempt = null;
  }

  async signOut(endpoint) {
    const session = this.session(endpoint);
    this.#localStore.set(`session:${endpoint}`, '');
    if (session === null) return;
    await fetch(`${endpoint}session`, { method: 'DELETE', headers: { Authorization: `Bearer ${session.token}` }, credentials: 'omit' }).catch(() => {});
  }

  close() {
    this.#channel?.close();
  }

  // `answer` is {id, code, failure}; it may be another window's.
  async #comeBack({ id, code, failure }) {
    const attempt = this.#attempt;
    if (attempt === null || attempt.id !== id) return;
    if (failure !== '') {
      this.#end(failure);
      return;
    }
    const redeemed = await post(`${attempt.endpoint}auth/redeem`, { ticket: attempt.ticket, code });
    if (this.#attempt !== attempt) return;
    if (redeemed === null) {
      this.#end('failed');
      return;
    }
    this.#attempt = null;
    const { token, expires, person } = redeemed;
    const session = { token, expires, name: person.name, label: person.label, picture: person.picture ?? '' };
    this.#localStore.set(`session:${attempt.endpoint}`, JSON.stringify(session));
    this.#calls.signedIn({ ...session, image: allowedImage(session.picture) });
  }

  #end(why) {
    const { label } = this.#attempt;
    this.cancel();
    this.#calls.ended(why, label);
  }
}

// The address, if it lies at a site that the policy of the pages names; a provider that the owner has not named in `image_hosts` is asked
// for nothing, not even where the policy allows all hosts for lack of room.
function allowedImage(url) {
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
  const sources = /img-src ([^;]*)/.exec(policy)?.[1].split(' ') ?? [];
  return URL.canParse(url) && sources.includes(new URL(url).origin) ? url : '';
}

// The answer's JSON, or null.
async function post(url, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
