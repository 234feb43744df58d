// The script of offline.html: shows what is saved on this device, what is not and why, and lets the reader save more or less. It also
// starts share.html.

/** @import { Extent, FailureReason, SavedPost, WorkerAnswer, WorkerRequest } from '../site/worker_messages.d.ts' */
/** @typedef {{ item: HTMLElement, box: HTMLInputElement, choose: () => Promise<void> }} Row */

import css from './offline_page.css';
import { button, element } from './dom.js';
import { startSharePage } from './share_page.js';
import { siteRoot } from '../site/site_address.js';
import { OFFLINE_STRINGS as TEXT, fillIn } from '../site/strings.js';
import { ask, mayLoadAhead, registerWorker } from '../site/worker_client.js';

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const megabytes = new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

class OfflinePage {
  #registration;
  #isSaving = false;
  #summary = element('p', { role: 'status' });
  #progress = element('progress', { ariaLabel: TEXT.saving, hidden: true });
  #failures = element('div');
  #actions = element('p', { className: 'actions' });
  #query = element('input', { type: 'search', oninput: () => this.#showPosts() });
  #hint = element('p');
  #posts = element('ul', { className: 'choices' });
  #problem = element('p', { role: 'status' });
  #latest = 0; // number of the last request for posts

  /** @param {ServiceWorkerRegistration} registration @param {HTMLElement} main */
  constructor(registration, main) {
    this.#registration = registration;
    const heading = main.querySelector('h1') ?? '';
    main.classList.add('offline');
    main.replaceChildren(
      heading,
      ...[this.#summary, this.#progress, this.#failures, this.#actions],
      element('h2', { textContent: TEXT.images }),
      element('p', { textContent: TEXT.imagesExplained }),
      element('p', {}, element('label', {}, TEXT.find, this.#query)),
      ...[this.#posts, this.#hint, this.#problem],
    );
  }

  async start() {
    const { saved, total, extent } = await this.#show();
    if (saved < total && extent !== 'none' && mayLoadAhead()) await this.#save('usual');
    await this.#showPosts();
    performance.mark('octavo-saved'); // for measurements and tests
  }

  /** @type {(message: WorkerRequest) => Promise<WorkerAnswer>} */
  #ask(message) {
    return ask(this.#registration, message);
  }

  // ---- Text ----------------------------------------------------------------------------------------------------------------

  async #show() {
    const status = await this.#ask({ type: 'status' });
    const { total = 0, saved = 0, pages = 0, bytes = 0, failed = [], extent = null } = status;
    const size = megabytes.format(bytes / 1_000_000).replace(' ', '\u00a0');
    const texts = pages > 0 ? TEXT.postsAndPages : TEXT.onlyPosts;
    const isAll = saved === total;
    const sentences = [
      isAll ? fillIn(TEXT.savedAll, numbers.format(total), texts, size) : fillIn(TEXT.saved, numbers.format(saved), numbers.format(total), texts, size),
      (await navigator.storage?.persisted?.()) ? TEXT.promised : TEXT.removable,
    ];
    if (extent === 'none') sentences.push(TEXT.removed);
    this.#say(sentences.join(' '));
    this.#progress.hidden = !this.#isSaving || isAll;
    this.#progress.max = Math.max(total, 1);
    this.#progress.value = saved;
    this.#showFailures(failed);
    this.#showActions({ isAll, isFailed: failed.length > 0, isAny: saved > 0 });
    return { total, saved, extent };
  }

  // Screen readers would repeat a status that is set again without a change.
  /** @type {(text: string) => void} */
  #say(text) {
    if (this.#summary.textContent !== text) this.#summary.textContent = text;
  }

  /** @type {(failed: [path: string, reason: FailureReason][]) => void} */
  #showFailures(failed) {
    const items = failed.map(([path, reason]) => element('li', { textContent: fillIn(TEXT.failedItem, nameOf(path), TEXT.reasons[reason]) }));
    this.#failures.replaceChildren(...(items.length > 0 ? [element('p', { textContent: TEXT.failed }), element('ul', {}, ...items)] : []));
  }

  /** @type {(state: { isAll: boolean, isFailed: boolean, isAny: boolean }) => void} */
  #showActions({ isAll, isFailed, isAny }) {
    if (this.#isSaving) {
      this.#actions.replaceChildren();
      return;
    }
    const buttons = [];
    if (!isAll) buttons.push(button(isFailed ? TEXT.tryAgain : TEXT.save, () => this.#saveAll()));
    if (isAny) buttons.push(button(TEXT.remove, () => this.#remove()));
    this.#actions.replaceChildren(...buttons);
  }

  async #saveAll() {
    await requestPersistence();
    await this.#ask({ type: 'retry' });
    await this.#save('all');
    await this.#showPosts();
  }

  /** @type {(extent: Extent) => Promise<void>} */
  async #save(extent) {
    this.#isSaving = true;
    for (let more = true; more; ) {
      ({ more = false } = await this.#ask({ type: 'save', extent }));
      await this.#show();
    }
    this.#isSaving = false;
    await this.#show();
  }

  async #remove() {
    await this.#ask({ type: 'remove' });
    await this.#show();
    await this.#showPosts();
  }

  // ---- Images ------------------------------------------------------------------------------------------------------------

  async #showPosts() {
    const number = ++this.#latest;
    const { posts = [], more = false } = await this.#ask({ type: 'posts', query: this.#query.value });
    if (number !== this.#latest) return; // the reader has typed more
    const rows = posts.map((post) => this.#row(post));
    this.#posts.replaceChildren(...rows.map(({ item }) => item));
    this.#hint.replaceChildren(...this.#hints(more, rows));
  }

  /** @type {(more: boolean, rows: Row[]) => (Node | string)[]} */
  #hints(more, rows) {
    if (rows.length === 0) return this.#query.value === '' ? [TEXT.imagesLater] : [];
    /** @type {(Node | string)[]} */
    const hints = [];
    const open = rows.filter(({ box }) => !box.checked);
    if (this.#query.value !== '' && open.length > 1) {
      hints.push(button(fillIn(TEXT.keepShown, numbers.format(open.length)), () => this.#keepAll(open)), ' ');
    }
    if (more) hints.push(TEXT.more);
    return hints;
  }

  /** @type {(post: SavedPost) => Row} */
  #row({ slug, title, isKept, images, kept }) {
    const note = element('small', { textContent: noteOn(isKept, images, kept) });
    const choose = async () => {
      if (box.checked) await requestPersistence();
      const answer = await this.#ask({ type: box.checked ? 'pin' : 'unpin', slug });
      note.textContent = noteOn(box.checked, images, answer.kept ?? 0);
      this.#problem.textContent = answer.error === 'full' || answer.error === 'QuotaExceededError' ? TEXT.noRoom : '';
      await this.#show();
    };
    const box = element('input', { type: 'checkbox', checked: isKept, onchange: choose });
    const item = element('li', {}, element('label', {}, box, element('span', {}, title, ' ', note)));
    return { item, box, choose };
  }

  /** @type {(rows: Row[]) => Promise<void>} */
  async #keepAll(rows) {
    for (const { box, choose } of rows) {
      box.checked = true;
      await choose();
    }
    await this.#showPosts();
  }
}

/** @type {(isKept: boolean, images: number, kept: number) => string} */
function noteOn(isKept, images, kept) {
  if (isKept) return fillIn(TEXT.someImages, numbers.format(kept), numbers.format(images));
  return images === 1 ? TEXT.oneImage : fillIn(TEXT.countImages, numbers.format(images));
}

// A file name that people understand.
/** @type {(path: string) => string} */
function nameOf(path) {
  if (path === '') return TEXT.posts;
  const part = path.match(/release-pack-(\d+)/)?.[1];
  if (part !== undefined) return fillIn(TEXT.olderPosts, numbers.format(Number(part)));
  if (path.startsWith('assets/')) return TEXT.comments;
  const slug = path.match(/^bundle\/posts\/(.+)\.[0-9a-f]{12}\.json$/)?.[1];
  return slug === undefined ? TEXT.lists : decodeURIComponent(slug);
}

// Called only when a reader wants something saved, because some browsers ask the reader.
async function requestPersistence() {
  await navigator.storage?.persist?.().catch(() => false);
}

async function start() {
  const script = document.getElementById('octavo_script')?.dataset ?? {};
  const main = /** @type {HTMLElement | null} */ (document.querySelector('#octavo_layer main'));
  if (main === null) return;
  const root = siteRoot(script.root, location.href);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  if (script.path === 'share.html') {
    document.adoptedStyleSheets.push(sheet);
    await startSharePage(main, root);
    return;
  }
  // Without background tasks the site no longer offers offline reading, and the page's static text says so.
  if (!script.backgroundTasks) return;
  const registration = await registerWorker(root);
  if (registration === null) return;
  document.adoptedStyleSheets.push(sheet);
  await new OfflinePage(registration, main).start();
}

await start();
