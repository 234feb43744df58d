// share.html, where what was shared with the installed blog becomes the draft of a comment. Any page can lead here, so nothing is
// written before the reader has chosen a post, and nothing is ever sent from here.

import { ConversationStore } from '../conversation/store.js';
import { button, element } from './dom.js';
import { LocalStore } from '../site/local_store.js';
import { pagePath, withoutFragment } from '../site/site_address.js';
import { fetchFile } from '../site/site_files.js';
import { storagePrefix } from '../site/site_scope.js';
import { SHARE_STRINGS as TEXT } from '../site/strings.js';

// More than any engine takes.
const MOST_CHARACTERS = 16_000;
const MOST_SHOWN = 30;

export async function startSharePage(main, root) {
  const shared = readShared(new URL(location.href).searchParams, root);
  const status = element('p', { role: 'status' });
  const heading = main.querySelector('h1');
  main.classList.add('offline');
  main.replaceChildren(heading, element('blockquote', { className: 'shared', textContent: shared.text }), status);
  if (shared.text === '' && shared.path === '') {
    status.textContent = TEXT.nothing;
    return;
  }
  const posts = await loadPosts(root).catch(() => []);
  const own = posts.find(({ path }) => path === shared.path);
  const choose = (post) => keepDraft(root, post.path, shared.text).then((ok) => {
    if (ok) location.replace(new URL(`${post.path}#reply`, root));
    else status.textContent = TEXT.notKept;
  });
  const list = element('ul', { className: 'choices' });
  const show = (shown) => list.replaceChildren(...shown.slice(0, MOST_SHOWN).map((post) => element('li', {}, button(post.title, () => choose(post)))));
  if (posts.length === 0) {
    status.textContent = TEXT.noPosts;
  } else if (own !== undefined) {
    status.textContent = TEXT.below;
    show([own]);
    main.append(list);
  } else {
    status.textContent = TEXT.choose;
    const find = element('input', { type: 'search', oninput: () => show(matching(posts, find.value)) });
    show(posts);
    main.append(element('p', {}, element('label', {}, TEXT.find, find)), list);
  }
}

// {text: of the draft, path: of the post that the link leads to, or ''}. Systems put the link into `url` or somewhere into `text`.
export function readShared(parameters, root) {
  const [title, text, url] = ['title', 'text', 'url'].map((name) => (parameters.get(name) ?? '').trim());
  const link = webAddress(url) ?? text.split(/\s+/).map(webAddress).find((address) => address !== null) ?? null;
  const path = (link && pagePath(link, root)) ?? '';
  if (path.startsWith('posts/')) {
    const words = text.split(/\s+/).filter((word) => webAddress(word)?.href !== link.href).join(' ');
    return { text: words.slice(0, MOST_CHARACTERS), path: withoutFragment(path) };
  }
  const parts = [text || title];
  if (link !== null && !text.includes(url || link.href)) parts.push(link.href);
  return { text: parts.filter((part) => part !== '').join('\n\n').slice(0, MOST_CHARACTERS), path: '' };
}

function webAddress(text) {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

// {path, title}, the newest first.
async function loadPosts(root) {
  const read = async (path, integrity) => JSON.parse(new TextDecoder().decode(await fetchFile(new URL(path, root), integrity)));
  const readAll = (files) => Promise.all(files.map(({ url, integrity }) => read(url, integrity)));
  const { parts = [] } = await read('octavo.json', '');
  const rowFiles = await readAll((await readAll(parts)).flatMap(({ files }) => files));
  const rows = rowFiles.flatMap(({ posts }) => posts).reverse();
  return rows.map(({ slug, title }) => ({ path: `posts/${encodePath(slug)}/`, title: title || slug }));
}

function encodePath(slug) {
  return slug.split('/').map(encodeURIComponent).join('/');
}

function matching(posts, query) {
  const wanted = query.trim().toLowerCase();
  return posts.filter(({ title }) => title.toLowerCase().includes(wanted));
}

// Beside what is there already. The post's own page shows it, or offers it among what is kept.
async function keepDraft(root, page, text) {
  const store = await ConversationStore.open(storagePrefix(root), new LocalStore(root));
  const { drafts } = await store.all();
  const slot = `${page}\n`; // as draft_slot() in src/core/comments/draft.cpp
  const isTaken = drafts.some((draft) => JSON.parse(draft).slot === slot);
  const now = Date.now();
  const draft = { slot: isTaken ? `${slot}\nshared ${now}` : slot, page, parent: '', text, written_at: Math.floor(now / 1000), revision: 1 };
  const ok = text === '' || (await store.add({ drafts: [draft], records: [] }));
  store.close();
  return ok;
}
