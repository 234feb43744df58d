// The conversation below a post until somebody comes near it: then its script and its program are loaded (conversation/), once.

import { parseHtml } from '../program/html_parser.js';

// Of the window's height, above and below it.
const NEAR = '100%';
// As kConversationAction in src/core/conversation/action.h.
const ACTION = 'comments:';

export class ConversationLoader {
  #host;
  #script;
  #layer;
  #localStore;
  #page = null; // {path, endpoint, engine, site, thread, title} of the post that is shown
  #loading = null;
  #client = null; // once it is loaded
  #observer = null;

  // `host` is {root, send(event), follow(path), announce(text)}; `script` the data of the page's script element.
  constructor({ script, layer, localStore, listeners, ...host }) {
    this.#script = script;
    this.#layer = layer;
    this.#localStore = localStore;
    this.#host = { ...host, parseHtml, localStore, listeners, layer: layer.element };
    if ('IntersectionObserver' in window) {
      const near = (entries) => entries.some((entry) => entry.isIntersecting) && this.#open();
      this.#observer = new IntersectionObserver(near, { rootMargin: NEAR });
      listeners.addUndo(() => this.#observer.disconnect());
    }
    listeners.addUndo(() => this.#client?.close());
  }

  // A page is shown, or the same one again.
  handleShown({ path, comments }) {
    const isSame = this.#page?.path === path;
    this.#page = comments ? { ...comments, path } : null;
    if (isSame) {
      this.#client?.handleShown();
      return;
    }
    this.#observer?.disconnect();
    this.#client?.leave();
    const reply = this.#layer.element.querySelector('#reply');
    if (this.#page !== null && reply !== null) this.#observer?.observe(reply);
    const isWanted = location.hash.startsWith('#comment-') || this.#client?.isExpected(path) || window.octavoSignIn;
    if (this.#page !== null && (isWanted || this.#observer === null)) this.#open();
    // Comments that have not arrived are sent from whatever page is open.
    else if (this.#localStore.get('outbox') !== '') this.#load();
  }

  handleAction(action) {
    if (action.startsWith(ACTION)) this.#client?.act(action.slice(ACTION.length));
    if (action === 'reply') this.#open()?.then((client) => client?.focusText());
    if (action === 'like') this.#open()?.then((client) => client?.like());
  }

  #open() {
    this.#observer?.disconnect();
    const page = this.#page;
    return page && this.#load()?.then(async (client) => {
      if (page.path !== this.#page?.path) return undefined;
      await client?.open(page);
      this.#resumeSignIn(client);
      return client;
    });
  }

  // This window has been away to sign in (sign_in_return.js).
  #resumeSignIn(client) {
    const back = window.octavoSignIn;
    window.octavoSignIn = null;
    if (back) client?.resumeSignIn(back);
  }

  #load() {
    const { conversation, conversationWasm } = this.#script;
    if (!conversation) return null;
    this.#loading ??= import(new URL(conversation, this.#host.root).href)
      .then(({ startConversation }) => startConversation(new URL(conversationWasm, this.#host.root).href, this.#host))
      .then((client) => (this.#client = client))
      .catch((error) => {
        this.#loading = null;
        console.warn('octavo: the conversation could not be loaded:', error);
      });
    return this.#loading;
  }
}
