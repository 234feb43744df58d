// The conversation below a post: passes events to its program and performs what that asks for (src/browser/conversation_messages.h).

/** @import { ConversationHost, ConversationPage } from '../site/conversation.d.ts' */
/** @import { ParseHtml } from '../site/html_row.d.ts' */
/** @import { SignInReturn } from '../site/sign_in_return.js' */
/** @import {
 *   Caret, ConversationEffect, ConversationEvent, ConversationView, DraftToSave, EngineCall, FormValues, PageOpened, RecordToStore
 * } from './messages.d.ts' */
/** @import { Program } from './program.js' */

import { storagePrefix } from '../site/site_scope.js';
import { ConversationStore } from './store.js';
import { callEngine } from './engine_call.js';
import { Fields } from './fields.js';
import { exportFile, importFile } from './export_file.js';
import { loadProgram } from './program.js';
import { askForSync, OutboxLock } from './outbox_lock.js';
import { SignIn } from './sign_in.js';

// After the last key, before the preview is set anew.
const SETTLE_MS = 150;
// Until a draft that was not kept is tried once more: what has emptied the store may still be running.
const RETRY_MS = 500;
// Fields that the browser may keep for next time.
const REMEMBERED = /** @type {const} */ (['name', 'email', 'website']);

// `host` as ConversationLoader gives it.
/** @type {(wasmUrl: string, host: ConversationHost) => Promise<ConversationClient>} */
export async function startConversation(wasmUrl, host) {
  const prefix = storagePrefix(host.root);
  const [store, program] = await Promise.all([ConversationStore.open(prefix, host.localStore), fetchProgram(wasmUrl, host.parseHtml)]);
  return new ConversationClient(host, prefix, store, program);
}

/** @type {(url: string, parseHtml: ParseHtml) => Promise<Program>} */
async function fetchProgram(url, parseHtml) {
  return loadProgram(await fetch(url, { credentials: 'same-origin' }), parseHtml);
}

class ConversationClient {
  #host;
  #store;
  #program;
  #fields;
  #outboxLock;
  #signIn;
  /** @type {ConversationPage | null} */
  #page = null;
  /** @type {{ path: string, parent: string } | null} */
  #expected = null; // {path, parent}: a draft that is opened on another page
  #pageKey = secret();
  /** @type {ConversationView | null} */
  #shown = null; // the latest view, not yet passed on
  /** @type {number | undefined} */
  #showTimer = undefined;
  /** @type {(() => void)[]} */
  #waitingForPage = []; // what needs the elements of that view
  /** @type {number | undefined} */
  #timer = undefined;
  /** @type {number | undefined} */
  #settleTimer = undefined;
  #hasUnfinished = false; // comments
  #wasKept = true; // the last draft
  #isClosed = false;

  /** @param {ConversationHost} host @param {string} prefix @param {ConversationStore} store @param {Program} program */
  constructor(host, prefix, store, program) {
    this.#host = host;
    this.#store = store;
    this.#program = program;
    this.#fields = new Fields(host.layer, {
      typed: (values) => this.#typed(values),
      rows: (rows) => this.#send({ type: 'rows', rows }),
      submit: () => this.act('send'),
    }, host.listeners);
    this.#outboxLock = new OutboxLock(prefix, {
      begin: async () => {
        this.#send({ type: 'records', records: await this.#store.records() });
        this.#send({ type: 'sending' });
      },
      changed: async () => this.#send({ type: 'records', records: await this.#store.records() }),
    });
    this.#signIn = new SignIn(prefix, host.localStore, {
      signedIn: (session) => this.#send({ type: 'signed_in', ...session }),
      ended: (why, label) => this.#send({ type: 'sign_in_ended', why, label }),
    });
    host.listeners.add(window, 'online', () => this.#send({ type: 'online' }));
    this.#store.whenLost = () => this.#keepAgain();
    this.#begin();
  }

  async #begin() {
    if (this.#page === null) this.#send({ type: 'open', records: await this.#store.records() });
    this.#outboxLock.request();
  }

  // ---- From the page -----------------------------------------------------------------------------------------------

  /** @type {(page: ConversationPage) => Promise<void>} */
  async open(page) {
    if (this.#page?.path === page.path) return;
    this.#page = page;
    const { localStore, root } = this.#host;
    const [kept, thread] = await Promise.all([this.#store.all(), this.#store.thread(page.path)]);
    if (this.#page !== page || this.#isClosed) return;
    /** @type {PageOpened['fields']} */
    const fields = {};
    for (const name of REMEMBERED) if (localStore.get(name) !== '') fields[name] = localStore.get(name);
    /** @type {(key: string) => boolean} */
    const isLiked = (key) => localStore.get(`${key}:${page.thread}`) === '1';
    const endpoint = withSlash(new URL(page.endpoint, root).href);
    const parent = this.#expected?.path === page.path ? this.#expected.parent : '';
    this.#expected = null;
    this.#send({
      type: 'open',
      page: page.path,
      engine: page.engine,
      site: page.site ?? '',
      endpoint,
      session: this.#signIn.session(endpoint),
      thread: page.thread,
      title: page.title,
      followsPrebuilt: page.followsPrebuilt,
      parent,
      pageKey: this.#pageKey,
      zone: -new Date().getTimezoneOffset(),
      fields,
      readerKey: localStore.get('reader-key'),
      liked: isLiked('like'),
      likeSent: isLiked('like-sent'),
      cached: thread?.body ?? '',
      cachedAt: thread?.at ?? 0,
      isKept: this.#store.works,
      wasLost: this.#store.wasLost,
      ...kept,
    });
    await this.#flushed();
  }

  // Another page is shown.
  leave() {
    this.#page = null;
    this.#fields.forget();
  }

  /** @type {(path: string) => boolean} */
  isExpected(path) {
    return this.#expected?.path === path;
  }

  // The elements are there; those that are new get their values.
  handleShown() {
    this.#fields.handleShown();
    for (const step of this.#waitingForPage.splice(0)) step();
  }

  /** @type {(action: string) => Promise<void>} */
  async act(action) {
    if (action.startsWith('mark:')) return this.#fields.mark(action.slice(5));
    if (action === 'export') return exportFile(await this.#store.all());
    if (action === 'import') return this.#import();
    this.#fields.tell();
    this.#send({ type: 'action', action, key: action === 'send' ? secret() : '' });
  }

  like() {
    const { localStore } = this.#host;
    if (localStore.get('reader-key') === '') localStore.set('reader-key', secret());
    const on = localStore.get(`like:${this.#page?.thread}`) === '1';
    this.#send({ type: 'liked', on, readerKey: localStore.get('reader-key') });
  }

  focusText() {
    this.#afterShown(() => this.#fields.focus('text'));
  }

  // This window was away to sign in. The page scrolls to where it was.
  /** @type {(signInReturn: SignInReturn) => void} */
  resumeSignIn({ pending, answer }) {
    this.#afterShown(() => {
      window.scrollTo(0, pending.scrollY);
      this.#signIn.resume(pending, answer);
    });
  }

  close() {
    this.#isClosed = true;
    this.#signIn.close();
    for (const timer of [this.#timer, this.#settleTimer, this.#showTimer]) clearTimeout(timer);
    this.#outboxLock.close();
    this.#store.close();
  }

  async #import() {
    const imported = await importFile(this.#store);
    if (imported === null) return;
    const page = this.#page;
    if (imported.ok && page !== null) {
      this.#outboxLock.notifyOtherWindows();
      this.#page = null;
      await this.open(page);
    }
    this.#send({ type: 'imported', ...imported });
  }

  // ---- Program -----------------------------------------------------------------------------------------------------

  /** @type {(event: ConversationEvent) => void} */
  #send(event) {
    if (this.#isClosed) return;
    const effects = this.#program.handle({ ...event, now: Math.floor(Date.now() / 1000) });
    for (const effect of effects) this.#perform(effect);
  }

  /** @type {(values: FormValues & Caret) => void} */
  #typed(values) {
    this.#send({ type: 'typed', ...values });
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#send({ type: 'settled' }), SETTLE_MS);
  }

  /** @type {(effect: ConversationEffect) => void} */
  #perform(effect) {
    switch (effect.type) {
      case 'show':
        this.#show(effect);
        break;
      case 'call':
        this.#call(effect);
        break;
      case 'store':
        this.#storeRecord(effect);
        break;
      case 'forget':
        this.#forgetRecord(effect.key);
        break;
      case 'save_draft':
        this.#saveDraft(effect);
        break;
      case 'drop_draft':
        this.#store.dropDraft(effect, this.#pageKey);
        break;
      case 'set_timer':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#send({ type: 'timer_fired' }), effect.seconds * 1000);
        break;
      case 'fill':
        this.#fields.fill(effect);
        break;
      case 'focus':
        this.#afterShown(() => (effect.id === undefined ? this.#fields.focus(effect.field) : this.#focusElement(effect.id)));
        break;
      case 'announce':
        this.#host.announce(effect.text);
        break;
      case 'remember':
        for (const name of REMEMBERED) this.#host.localStore.set(name, effect[name]);
        break;
      case 'like_sent':
        this.#host.localStore.set(`like-sent:${this.#page?.thread}`, effect.on ? '1' : '');
        break;
      case 'cache':
        if (this.#page !== null) this.#store.keepThread(this.#page.path, effect.body);
        break;
      case 'copy':
        navigator.clipboard?.writeText(effect.text).catch(() => {});
        break;
      case 'open_page':
        this.#expected = effect;
        this.#host.follow(effect.path);
        break;
      case 'sign_in':
        this.#signIn.begin(effect);
        break;
      case 'cancel_sign_in':
        this.#signIn.cancel();
        break;
      case 'sign_out':
        this.#signIn.signOut(effect.endpoint);
        break;
      case 'outbox':
        this.#hasUnfinished = effect.count > 0;
        this.#host.localStore.set('outbox', effect.count > 0 ? String(effect.count) : '');
        break;
      default:
        throw new Error(`unknown effect ${JSON.stringify(effect)}`);
    }
  }

  /** @type {(effect: EngineCall & { call: number }) => Promise<void>} */
  async #call(effect) {
    const answer = await callEngine(effect);
    if (this.#hasUnfinished && (answer.status === 0 || answer.status >= 500)) askForSync();
    this.#send({ type: 'answered', call: effect.call, ...answer });
  }

  /** @type {(effect: RecordToStore) => Promise<void>} */
  async #storeRecord(effect) {
    const outcome = await this.#store.keepRecord(effect, this.#pageKey);
    if (outcome === 'stored') this.#outboxLock.notifyOtherWindows();
    this.#send({ type: 'stored', ticket: effect.ticket, outcome: outcome === 'changed' ? 'stored' : outcome });
    if (outcome === 'changed') this.#send({ type: 'records', records: await this.#store.records() });
  }

  // A record that another window is sending stays, and is shown again.
  /** @type {(key: string) => Promise<void>} */
  async #forgetRecord(key) {
    await this.#store.forgetRecord(key);
    this.#outboxLock.notifyOtherWindows();
    this.#send({ type: 'records', records: await this.#store.records() });
  }

  #keepAgain() {
    if (this.#page !== null) this.#fields.tellAgain();
  }

  /** @type {(effect: DraftToSave) => Promise<void>} */
  async #saveDraft(effect) {
    const { state, stored } = await this.#store.saveDraft(effect);
    const revision = effect.newRevision;
    this.#fields.setKept(state === 'saved');
    if (state === 'failed' && this.#wasKept) setTimeout(() => this.#keepAgain(), RETRY_MS);
    this.#wasKept = state !== 'failed';
    if (state === 'conflict') this.#send({ type: 'draft_conflict', revision, draft: stored });
    else this.#send({ type: state === 'saved' ? 'draft_saved' : 'draft_failed', revision });
  }

  // ---- The page ----------------------------------------------------------------------------------------------------

  // An element that is not a control becomes focusable, so that a screen reader goes on from there.
  /** @type {(id: string) => void} */
  #focusElement(id) {
    const element = this.#host.layer.querySelector(`#${CSS.escape(id)}`);
    if (!(element instanceof HTMLElement)) return;
    element.tabIndex = -1;
    element.focus();
  }

  // Many events in a row show one page.
  /** @type {(view: ConversationView) => void} */
  #show(view) {
    this.#fields.textMax = view.textMax;
    this.#shown = view;
    this.#showTimer ??= setTimeout(() => this.#passOn(), 0);
  }

  #passOn() {
    this.#showTimer = undefined;
    const view = this.#shown;
    this.#shown = null;
    if (view === null || view.page !== this.#page?.path) return;
    const { page, likes, hasThread, blocks } = view;
    this.#host.send({ type: 'conversation', page, likes, hasThread, blocks });
  }

  /** @type {(step: () => void) => void} */
  #afterShown(step) {
    if (this.#showTimer === undefined) step();
    else this.#waitingForPage.push(step);
  }

  /** @returns {Promise<void>} */
  #flushed() {
    return new Promise((resolve) => this.#afterShown(resolve));
  }
}

// 128 random bits. randomUUID() is missing on pages that came over plain HTTP.
function secret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @type {(url: string) => string} */
function withSlash(url) {
  return url.endsWith('/') ? url : `${url}/`;
}
