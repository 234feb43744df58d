// A blog that consists of hostile strings: as titles, tags, summaries, texts and settings, and as comments with their names and websites,
// published beforehand and taken by the comments server.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSite } from './sample_site.mjs';

const TEXTS_PER_POST = 30;
const MAX_NAME = 64;
const COMMENTS_SETTINGS = 'moderation = "none"\nlinks_max = 1000\nblocked_words = []\nper_minute = 0\nper_hour = 0\nmin_gap_seconds = 0\nrequests_per_minute = 0\nmin_seconds = 0\npage_size = 200\n';
// After a vector: ends what it may have begun, so that the next one counts as well.
const ENDING = '\n\n--> ]]> ?> </script></style></textarea></title></xmp></noscript>\n\n';

// The post below which the comments are.
export const COMMENTED = 'commented';

const slugOf = (i) => `vector-${String(i).padStart(3, '0')}`;
const markOf = (i) => `Mark ${i}.`;

// Returns {url, folder, pages: paths of all that is to be opened, marks(path): texts that must be there, comments: how many, stop()}.
export async function startHostileSite(vectors) {
  let data;
  const site = await startSite(async (work) => {
    data = join(work, 'site-comments');
    await mkdir(data);
    await writeFile(join(data, 'comments.toml'), COMMENTS_SETTINGS);
    return writeContent(join(work, 'blog'), vectors);
  }, { hasProblems: true });
  const comments = await comment(site, data, vectors);
  const texts = Array.from({ length: Math.ceil(vectors.length / TEXTS_PER_POST) }, (_, i) => `posts/${slugOf(i)}/`);
  const lists = Array.from({ length: Math.ceil((vectors.length + 1) / 20) }, (_, i) => (i === 0 ? '' : `page/${i + 1}/`));
  const marks = (path) => {
    const i = texts.indexOf(path);
    return i < 0 ? [] : vectors.slice(i * TEXTS_PER_POST, (i + 1) * TEXTS_PER_POST).map((_, k) => markOf(k));
  };
  return { ...site, pages: [...lists, ...texts], marks, comments };
}

// A string of TOML and JSON alike.
function quoted(text) {
  return JSON.stringify(text.toWellFormed()).replace(/\x7f/g, '\\u007f');
}

async function writeContent(folder, vectors) {
  await mkdir(join(folder, 'content'), { recursive: true });
  await writeFile(join(folder, 'octavo.toml'), settingsOf(vectors));
  for (const [i, vector] of vectors.entries()) {
    const front = [
      `title = ${quoted(vector)}`,
      `date = ${new Date(Date.UTC(2020, 0, 1) - i * 86_400_000).toISOString().slice(0, 10)}`,
      `summary = ${quoted(vector)}`,
      `tags = [${quoted(vector)}, "shared"]`,
    ];
    const texts = vectors.slice(i * TEXTS_PER_POST, (i + 1) * TEXTS_PER_POST);
    const text = texts.map((each, k) => `${each}${ENDING}${markOf(k)}\n\n[link](<${each.replace(/[<>\\]/g, '\\$&')}>) ![image](${each.replace(/[\s()<>\\]/g, '\\$&')}) \`${each}\``).join('\n\n');
    await writeFile(join(folder, 'content', `${slugOf(i)}.md`), `+++\n${front.join('\n')}\n+++\n\n${text}\n`);
  }
  await writeFile(join(folder, 'content', `${COMMENTED}.md`), '+++\ntitle = "Commented"\ndate = 2020-02-01\n+++\n\nText.\n');
  await writeFile(join(folder, 'content', `${COMMENTED}.comments.json`), JSON.stringify({ comments: vectors.map(earlierComment) }));
  return folder;
}

function earlierComment(vector, i) {
  return { id: String(i + 1), author: vector.slice(0, 60).toWellFormed(), author_url: vector.toWellFormed(), date: '2020-02-02T00:00:00Z', text: vector.toWellFormed() };
}

function settingsOf(vectors) {
  const all = vectors.join(' ').slice(0, 4000);
  const entry = (table) => (vector, i) => `[[${table}]]\ntitle = ${quoted(`${i} ${vector}`)}\nurl = ${quoted(vector)}\n`;
  return [
    `title = ${quoted(all)}`,
    `description = ${quoted(all)}`,
    'language = "en"',
    '[comments]\nendpoint = "_comments/v1/"\nengine = "octavo"',
    ...vectors.map((vector) => `[[authors]]\nname = ${quoted(vector)}\nurl = ${quoted(vector)}\n`),
    ...vectors.map(entry('menu')),
    ...vectors.map(entry('links')),
  ].join('\n');
}

// Each vector as text, name and website. What the server refuses is made longer or, for the website, put behind a host; then all websites
// and texts become the vectors themselves, as if the server let everything through. Resolves to the number of comments.
async function comment(site, data, vectors) {
  for (const vector of vectors) {
    const name = [...vector.toWellFormed()].slice(0, MAX_NAME).join('');
    const urls = [vector, `https://mail.example/${vector}`, `https://mail.example/?${encodeURIComponent(vector.toWellFormed())}`, ''];
    let status;
    for (const [author, url] of [...urls.map((each) => [name, each]), ['Ann', '']]) {
      status = await post(site, { body_source: vector.toWellFormed(), author: { name: author, url: url.toWellFormed() } });
      if (status === 201) break;
    }
    if (status !== 201) status = await post(site, { body_source: `Text: ${vector.toWellFormed()}`, author: { name: 'Ann' } });
    if (status !== 201) throw new Error(`the comments server answers ${status} to ${vector}`);
  }
  const sql = (vector) => `CAST(x'${Buffer.from(vector).toString('hex')}' AS TEXT)`;
  const statements = vectors.map((vector, i) => `UPDATE comments SET author_url = ${sql(vector)}, html = ${sql(vector)} WHERE number = (SELECT number FROM comments ORDER BY number LIMIT 1 OFFSET ${i});`);
  const running = promisify(execFile)('sqlite3', ['-bail', join(data, 'comments.db')]);
  running.child.stdin.end(`.timeout 20000\nBEGIN;\n${statements.join('\n')}\nCOMMIT;\n`);
  await running;
  return vectors.length;
}

async function post(site, body) {
  const response = await fetch(`${site.url}_comments/v1/threads/${COMMENTED}/comments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${randomUUID()}"` },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}
