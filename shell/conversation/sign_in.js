// Signing in with an account elsewhere: in a window of its own, or, where that is not allowed, in this one. People come back to a page
// of the blog with a code in its fragment (../sign_in_return.js); with the ticket that is kept here it makes a session.

/** @import { PendingSignIn, SignInAnswer } from '../site/sign_in_return.js' */
/** @import { KeyValueStore } from './storage.d.ts' */
/** @import { Session, SignInStart } from './messages.d.ts' */
/** @typedef {{ endpoint: string, label: string, id: string, ticket: string, popup: Window | null }} Attempt */
// The answers of the comments server.
/** @typedef {{ id: string, ticket: string, login_url: string }} BegunSignIn */
/** @typedef {{ token: string, expires: string, person: { name: string, label: string, avatar?: string } }} RedeemedSignIn */

import { pendingSignIn, SIGN_IN_CHANNEL } from '../site/sign_in_return.js';

const WINDOW = 'popup,width=520,height=680';

export class SignIn {
  #prefix;
  #localStore;
  #calls;
  /** @type {Attempt | null} */
  #attempt = null;
  /** @type {BroadcastChannel | null} */
  #channel = null;

  /** @param {string} prefix @param {KeyValueStore} localStore @param {{ signedIn: (session: Session) => void, ended: (why: string, label: string) => void }} calls */
  constructor(prefix, localStore, calls) {
    this.#prefix = prefix;
    this.#localStore = localStore;
    this.#calls = calls;
    if (!('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(prefix + SIGN_IN_CHANNEL);
    this.#channel.onmessage = ({ data }) => this.#redeem(data);
  }

  // The session that is kept, unless it has ended. Sessions of earlier releases call the avatar `picture`.
  /** @type {(endpoint: string) => Session | null} */
  session(endpoint) {
    try {
      const session = JSON.parse(this.#localStore.get(`session:${endpoint}`));
      return Date.parse(session.expires) > Date.now() ? { ...session, image: allowedImage(session.avatar ?? session.picture) } : null;
    } catch {
      return null;
    }
  }

  // To be called within the click, or no browser lets a window open. What was typed is kept by then.
  /** @type {(start: SignInStart) => Promise<void>} */
  async begin({ provider, label, endpoint }) {
    this.cancel();
    const popup = this.#channel === null ? null : window.open('about:blank', '', WINDOW);
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
  /** @type {(pending: PendingSignIn, answer: SignInAnswer) => Promise<void>} */
  resume(pending, answer) {
    this.#attempt = { ...pending, popup: null };
    return this.#redeem(answer);
  }

  cancel() {
    this.#attempt?.popup?.close();
    this.#attempt = null;
  }

  /** @type {(endpoint: string) => Promise<void>} */
  async signOut(endpoint) {
    const session = this.session(endpoint);
    this.#localStore.set(`session:${endpoint}`, '');
    if (session === null) return;
    await fetch(`${endpoint}session`, { method: 'DELETE', headers: { Authorization: `Bearer ${session.token}` }, credentials: 'omit' }).catch(() => {});
  }

  close() {
    this.#channel?.close();
  }

  // `answer` may be another window's.
  /** @type {(answer: SignInAnswer) => Promise<void>} */
  async #redeem({ id, code, failure }) {
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
    const session = { token, expires, name: person.name, label: person.label, avatar: person.avatar ?? '' };
    this.#localStore.set(`session:${attempt.endpoint}`, JSON.stringify(session));
    this.#calls.signedIn({ ...session, image: allowedImage(session.avatar) });
  }

  /** @type {(why: string) => void} */
  #end(why) {
    const label = this.#attempt?.label ?? '';
    this.cancel();
    this.#calls.ended(why, label);
  }
}

// The address, if the policy of the pages names its site, and else an empty text. A provider that the owner has not named in
// `image_hosts` is asked for nothing, even where the policy allows all hosts because the list would be too long.
/** @type {(url: string) => string} */
function allowedImage(url) {
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  const sources = /img-src ([^;]*)/.exec(policy)?.[1].split(' ') ?? [];
  return URL.canParse(url) && sources.includes(new URL(url).origin) ? url : '';
}

// The answer's JSON, or null.
/** @type {(url: string, body: object) => Promise<any>} */
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
