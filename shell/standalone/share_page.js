// The script of share.html, where text that was shared with the installed blog becomes the draft of a comment. Any page can lead here,
// so nothing is written before the reader has chosen a post, and nothing is sent from here.

/** @typedef {{ path: string, title: string }} Post */
/** @typedef {{ slug: string, title: string }} IndexRow */
/** @typedef {{ url: string, integrity: string }} FileReference */

import { DRAFT_SLOT_SEPARATOR, DRAFT_VERSION } from '#constants';
import { ConversationStore } from '../conversation/store.js';
import { button, element } from './dom.js';
import { LocalStore } from '../site/local_store.js';
import { pagePath, withoutFragment } from '../site/site_address.js';
import { fetchFile } from '../site/site_files.js';
import { storagePrefix } from '../site/site_scope.js';
import { SHARE_STRINGS as TEXT } from '../site/strings.js';

// More than any engine accepts.
const MAX_CHARACTERS = 16_000;
const MAX_SHOWN = 30;

/** @type {(main: HTMLElement, root: URL) => Promise<void>} */
export async function startSharePage(main, root) {
  const shared = readShared(new URL(location.href).searchParams, root);
  const status = element('p', { role: 'status' });
  const heading = main.querySelector('h1') ?? '';
  main.classList.add('offline');
  main.replaceChildren(heading, element('blockquote', { className: 'shared', textContent: shared.text }), status);
  if (shared.text === '' && shared.path === '') {
    status.textContent = TEXT.nothing;
    return;
  }
  const posts = await loadPosts(root).catch(() => /** @type {Post[]} */ ([]));
  const sharedPost = posts.find(({ path }) => path === shared.path);
  /** @type {(post: Post) => Promise<void>} */
  const choose = (post) => saveDraft(root, post.path, shared.text).then((ok) => {
    if (ok) location.replace(new URL(`${post.path}#reply`, root));
    else status.textContent = TEXT.notKept;
  });
  const list = element('ul', { className: 'choices' });
  /** @type {(matches: Post[]) => void} */
  const show = (matches) => list.replaceChildren(...matches.slice(0, MAX_SHOWN).map((post) => element('li', {}, button(post.title, () => choose(post)))));
  if (posts.length === 0) {
    status.textContent = TEXT.noPosts;
  } else if (sharedPost !== undefined) {
    status.textContent = TEXT.below;
    show([sharedPost]);
    main.append(list);
  } else {
    status.textContent = TEXT.choose;
    const find = element('input', { type: 'search', oninput: () => show(matching(posts, find.value)) });
    show(posts);
    main.append(element('p', {}, element('label', {}, TEXT.find, find)), list);
  }
}

// The text of the draft, and the path of the post that the link leads to, or ''. Systems put the link into `url` or somewhere into `text`.
/** @type {(parameters: URLSearchParams, root: URL) => { text: string, path: string }} */
export function readShared(parameters, root) {
  const [title, text, url] = ['title', 'text', 'url'].map((name) => (parameters.get(name) ?? '').trim());
  const link = webAddress(url) ?? text.split(/\s+/).map(webAddress).find((address) => address !== null) ?? null;
  const path = link === null ? '' : (pagePath(link, root) ?? '');
  if (link !== null && path.startsWith('posts/')) {
    const words = text.split(/\s+/).filter((word) => webAddress(word)?.href !== link.href).join(' ');
    return { text: words.slice(0, MAX_CHARACTERS), path: withoutFragment(path) };
  }
  const parts = [text || title];
  if (link !== null && !text.includes(url || link.href)) parts.push(link.href);
  return { text: parts.filter((part) => part !== '').join('\n\n').slice(0, MAX_CHARACTERS), path: '' };
}

/** @type {(text: string) => URL | null} */
function webAddress(text) {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

// The newest first.
/** @type {(root: URL) => Promise<Post[]>} */
async function loadPosts(root) {
  /** @type {(path: string, integrity: string) => Promise<any>} */
  const read = async (path, integrity) => JSON.parse(new TextDecoder().decode(await fetchFile(new URL(path, root), integrity)));
  /** @type {(files: FileReference[]) => Promise<any[]>} */
  const readAll = (files) => Promise.all(files.map(({ url, integrity }) => read(url, integrity)));
  const { parts = [] } = await read('octavo.json', '');
  const rowFiles = await readAll((await readAll(parts)).flatMap(({ files }) => files));
  /** @type {IndexRow[]} */
  const rows = rowFiles.flatMap(({ posts }) => posts).reverse();
  return rows.map(({ slug, title }) => ({ path: `posts/${encodePath(slug)}/`, title: title || slug }));
}

/** @type {(slug: string) => string} */
function encodePath(slug) {
  return slug.split('/').map(encodeURIComponent).join('/');
}

/** @type {(posts: Post[], query: string) => Post[]} */
function matching(posts, query) {
  const wanted = query.trim().toLowerCase();
  return posts.filter(({ title }) => title.toLowerCase().includes(wanted));
}

// Adds a draft to the existing ones. The post's page shows it, or offers it among the saved drafts.
/** @type {(root: URL, page: string, text: string) => Promise<boolean>} */
async function saveDraft(root, page, text) {
  const store = await ConversationStore.open(storagePrefix(root), new LocalStore(root));
  const { drafts } = await store.all();
  const slot = page + DRAFT_SLOT_SEPARATOR; // of an answer to the post itself
  const isTaken = drafts.some((draft) => JSON.parse(draft).slot === slot);
  const now = Date.now();
  const draft = { version: DRAFT_VERSION, slot: isTaken ? `${slot}${DRAFT_SLOT_SEPARATOR}shared ${now}` : slot, page, parent: '', text, written_at: Math.floor(now / 1000), revision: 1 };
  const ok = text === '' || (await store.add({ drafts: [draft], records: [] }));
  store.close();
  return ok;
}
