// The owner's page: what waits, and what to do with it. The token comes in the address's fragment, which no server sees, and stays in
// this tab. What strangers wrote is text here, never markup.
const API = '../v1/';
const ACTIONS = { held: ['published', 'rejected', 'deleted'], published: ['held', 'rejected', 'deleted'], rejected: ['published', 'deleted'] };
const LABELS = { published: 'Approve', held: 'Hold', rejected: 'Reject', deleted: 'Delete' };
const DONE = { published: 'Approved.', held: 'Held.', rejected: 'Rejected.', deleted: 'Deleted.' };
const REASONS = { 'all-held': 'all comments wait', links: 'many links', words: 'a blocked word', 'too-fast': 'written very fast', trap: 'filled in the hidden field' };

const byId = (id) => document.getElementById(id);
let shownStatus = 'held';
// The answer that is being waited for; an older one, of another list, is thrown away.
let loading = null;
let token = takeToken();

function takeToken() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem('token') ?? '';
}

function say(text) {
  byId('status').textContent = text;
}

async function ask(path, options = {}) {
  const response = await fetch(API + path, { ...options, headers: { Authorization: `Bearer ${token}`, ...options.headers } });
  const answer = await response.json();
  if (response.ok) return answer;
  if (response.status === 401 && !options.signal?.aborted) showSignIn();
  throw Object.assign(new Error(answer.detail ?? answer.title), { hasChanged: response.status === 412 });
}

function showSignIn() {
  byId('sign-in').hidden = false;
  byId('token').focus();
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function aboutLine(comment) {
  const about = make('p', 'about');
  const name = make('strong');
  name.append(make('bdi', '', comment.author?.name || 'Somebody'));
  about.append(name);
  const rest = [comment.author?.email, comment.author?.url, comment.network, comment.thread, new Date(comment.created).toLocaleString()];
  if (comment.held_reason) rest.push(REASONS[comment.held_reason] ?? comment.held_reason);
  // Each on its own, so that a name from right to left does not pull its neighbors along.
  for (const part of rest.filter(Boolean)) about.append(' · ', make('bdi', '', part));
  return about;
}

// Only what was read is published: its author may have changed it since.
function change(comment, status) {
  const headers = { 'Content-Type': 'application/json', ...(status === 'published' && { 'If-Match': comment.etag }) };
  return ask(`moderation/comments/${comment.id}`, { method: 'PUT', headers, body: JSON.stringify({ status }) });
}

// Another list may be shown by now, whose focus and message are its own.
async function forget(item, done) {
  if (!item.isConnected) return;
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  say(done);
  (next?.querySelector('button') ?? document.querySelector('nav [aria-pressed="true"]')).focus();
  // Only the server knows whether something is behind the last one that was shown.
  if (!byId('comments').children.length) await load('', done);
}

function actionButton(comment, item, status) {
  const button = make('button', '', LABELS[status]);
  button.type = 'button';
  button.addEventListener('click', async () => {
    if (status === 'deleted' && button.textContent === LABELS.deleted) {
      button.textContent = 'Delete for good?';
      return;
    }
    try {
      await change(comment, status);
      await forget(item, DONE[status]);
    } catch (error) {
      say(error.message);
      if (error.hasChanged && item.isConnected) await load('', error.message);
    }
  });
  return button;
}

function commentItem(comment) {
  const item = make('li');
  const actions = make('div', 'actions');
  const text = make('p', 'text', comment.body_source);
  text.dir = 'auto';
  item.append(aboutLine(comment), text, actions);
  for (const status of ACTIONS[comment.status] ?? []) actions.append(actionButton(comment, item, status));
  item.dataset.id = comment.id;
  return item;
}

async function load(before = '', done = '') {
  loading?.abort();
  const request = new AbortController();
  loading = request;
  const list = byId('comments');
  if (!before) {
    list.replaceChildren();
    byId('more').hidden = true;
    // What was said of another list, or an earlier state, is not true of this one.
    say(done || 'Loading…');
  }
  try {
    const query = new URLSearchParams({ status: shownStatus, ...(before && { before }) });
    const answer = await ask(`moderation/comments?${query}`, { signal: request.signal });
    if (request.signal.aborted) return;
    list.append(...answer.comments.map(commentItem));
    byId('more').hidden = !answer.more;
    byId('sign-in').hidden = true;
    if (list.children.length) say(done);
    else say(done ? `${done} Nothing else here.` : 'Nothing here.');
  } catch (error) {
    if (!request.signal.aborted) say(error.message);
  }
}

for (const button of document.querySelectorAll('nav button')) {
  button.addEventListener('click', () => {
    shownStatus = button.dataset.status;
    for (const other of document.querySelectorAll('nav button')) other.setAttribute('aria-pressed', String(other === button));
    load();
  });
}
byId('more').addEventListener('click', () => load(byId('comments').lastElementChild?.dataset.id));
byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  token = byId('token').value.trim();
  sessionStorage.setItem('token', token);
  load();
});

// What has come while nobody looked is shown when somebody looks again.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && token && !byId('comments').children.length) load();
});

if (token) load();
else showSignIn();
