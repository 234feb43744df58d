// Loads the script and the program of the conversation (conversation/) when a reader comes near the comments, once.

/** @import { PageMessage } from '../program/messages.d.ts' */
/** @import { ConversationClient, ConversationHost, ConversationModule, ConversationPage } from '../site/conversation.d.ts' */
/** @import { PageLayer } from './page_layer.js' */
/** @import { ScriptData } from './script_data.js' */

import { CONVERSATION_ACTION } from '#constants';
import { parseHtml } from '../program/html_parser.js';

// A margin above and below the window, as a part of its height.
const NEAR = '100%';

export class ConversationLoader {
  #host;
  #script;
  #layer;
  #localStore;
  /** @type {ConversationPage | null} */
  #page = null; // of the post that is shown
  /** @type {Promise<ConversationClient | undefined> | null} */
  #loading = null;
  /** @type {ConversationClient | null} */
  #client = null; // when it is loaded
  /** @type {IntersectionObserver | null} */
  #observer = null;

  // The rest of the options goes to the conversation.
  /**
   * @param {{
   *   script: ScriptData,
   *   layer: PageLayer,
   * } & Pick<ConversationHost, 'root' | 'localStore' | 'listeners' | 'send' | 'follow' | 'announce'>} options
   */
  constructor({ script, layer, localStore, listeners, ...host }) {
    this.#script = script;
    this.#layer = layer;
    this.#localStore = localStore;
    this.#host = { ...host, parseHtml, localStore, listeners, layer: layer.element };
    if ('IntersectionObserver' in window) {
      /** @type {IntersectionObserverCallback} */
      const handle = (entries) => entries.some((entry) => entry.isIntersecting) && this.#open();
      const observer = new IntersectionObserver(handle, { rootMargin: NEAR });
      listeners.addUndo(() => observer.disconnect());
      this.#observer = observer;
    }
    listeners.addUndo(() => this.#client?.close());
  }

  // A page is shown, or the same one again.
  /** @type {(message: PageMessage) => void} */
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
    // Comments that have not arrived are sent from any page that is open.
    else if (this.#localStore.get('outbox') !== '') this.#load();
  }

  /** @type {(action: string) => void} */
  handleAction(action) {
    if (action.startsWith(CONVERSATION_ACTION)) this.#client?.act(action.slice(CONVERSATION_ACTION.length));
    if (action === 'reply') this.#open()?.then((client) => client?.focusText());
    if (action === 'like') this.#open()?.then((client) => client?.like());
  }

  /** @type {() => Promise<ConversationClient | undefined> | null} */
  #open() {
    this.#observer?.disconnect();
    const page = this.#page;
    if (page === null) return null;
    const loading = this.#load();
    if (loading === null) return null;
    return loading.then(async (client) => {
      if (page.path !== this.#page?.path) return undefined;
      await client?.open(page);
      this.#resumeSignIn(client);
      return client;
    });
  }

  // This window comes back from signing in (sign_in_return.js).
  /** @type {(client: ConversationClient | undefined) => void} */
  #resumeSignIn(client) {
    const signInReturn = window.octavoSignIn;
    window.octavoSignIn = null;
    if (signInReturn) client?.resumeSignIn(signInReturn);
  }

  /** @type {() => Promise<ConversationClient | undefined> | null} */
  #load() {
    const { conversation, conversationWasm } = this.#script;
    if (!conversation) return null;
    if (this.#loading !== null) return this.#loading;
    /** @type {Promise<ConversationModule>} */
    const imported = import(new URL(conversation, this.#host.root).href);
    this.#loading = imported
      .then(({ startConversation }) => startConversation(new URL(conversationWasm, this.#host.root).href, this.#host))
      .then((client) => (this.#client = client))
      .catch((error) => {
        this.#loading = null;
        console.warn('octavo: the conversation could not be loaded:', error);
        return undefined;
      });
    return this.#loading;
  }
}
