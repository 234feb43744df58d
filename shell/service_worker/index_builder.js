// Rebuilds the bundle's index files from the rows they consist of, byte for byte as src/core/content/bundle/bundle_write.cpp and
// src/press/publish/bundle_files.cpp write them. A returning reader then loads the post that has changed instead of the lists that name it.
// Whoever uses the result compares its hash with the promised one; where they differ, the files are loaded.

import { digitsOf, integrityOf } from './checked_fetch.js';

const ROWS_PER_FILE = 200;

// The row of a post, from its file's text and the reference to that file.
export function rowFromPost(post, body) {
  const own = post._octavo;
  const row = { slug: own.slug, title: post.title };
  const set = (name, value) => {
    if (value !== undefined) row[name] = value;
  };
  set('summary', post.summary);
  set('published', post.date_published);
  set('modified', post.date_modified);
  set('tags', post.tags);
  set('authors', post.authors?.map((author) => author.name));
  if (post.image !== undefined || own.image !== undefined) set('image', { ...(post.image && { url: post.image }), ...own.image });
  set('words', own.words);
  set('language', post.language);
  row.body = body;
  return row;
}

// Posts that have something in common, in the order of the index: its key there, the folder of the lists, and the names that a row
// gives. Series stand in the posts' files only, so a row's are those of the former list.
export const GROUPS = [
  { key: 'tags', folder: 'tags', sort: byUse, namesOf: (row) => row.tags ?? [] },
  { key: 'years', folder: 'archive', namesOf: (row) => (row.published ? [row.published.slice(0, 4)] : []) },
  { key: 'authors', folder: 'authors', sort: byUse, least: 2, namesOf: (row, { site }) => row.authors ?? site.authors?.map(({ name }) => name) ?? [] },
  { key: 'series', folder: 'series', isReversed: true, namesOf: (row, { seriesOf }) => seriesOf.get(row.slug) ?? [] },
];

// All groups of an index.
export function groupsOf(index) {
  return GROUPS.flatMap(({ key }) => index[key] ?? []);
}

// `former` is the former index, `seriesOf` a Map(slug of a post -> [name of a series]), `rows` newest first. Resolves to {index: {url,
// integrity}, files: Map(url -> text)}. Throws for a name that the former index does not know, since only the press can name its page.
export async function buildIndex({ former, seriesOf, rows }) {
  const { site, hyphenation, pages } = former;
  const files = new Map();
  const lists = {};
  for (const kind of GROUPS) {
    const groups = groupRows(rows, kind, former, { site, seriesOf });
    if (groups.length === 0) continue;
    lists[kind.key] = [];
    for (const { name, slug, rows: own } of groups) {
      const index = await addFiles(files, `bundle/${kind.folder}/${encodePath(slug)}`, own, {}, {});
      lists[kind.key].push({ name, slug, count: own.length, index });
    }
  }
  const head = { site, ...lists, ...(hyphenation && { hyphenation }) };
  const index = await addFiles(files, 'bundle/index', rows, head, pages && { pages });
  return { index, files };
}

function groupRows(rows, { key, namesOf, sort, least = 1, isReversed = false }, former, context) {
  const slugs = new Map();
  for (const { name, slug } of former[key] ?? []) slugs.set(name, slug).set(name.toLowerCase(), slug);
  const groups = new Map();
  for (const row of rows) {
    for (const name of namesOf(row, context)) {
      // A year is its own slug; of one author alone there is no list.
      const slug = slugs.get(name) ?? slugs.get(name.toLowerCase()) ?? (key === 'years' || least > 1 ? name : undefined);
      if (slug === undefined) throw new Error(`${name} is new`);
      if (!groups.has(slug)) groups.set(slug, { name, slug, rows: [] });
      const group = groups.get(slug);
      if (group.rows.at(-1) !== row) group.rows.push(row);
    }
  }
  const found = [...groups.values()];
  if (found.length < least) return [];
  if (isReversed) for (const group of found) group.rows.reverse();
  return sort ? found.sort(sort) : found;
}

function byUse(a, b) {
  return b.rows.length - a.rows.length || (a.slug < b.slug ? -1 : 1);
}

// Adds the files of one index, the last one first, since the first one names the others; resolves to the first one's reference.
async function addFiles(files, stem, rows, head, tail) {
  const count = Math.max(1, Math.ceil(rows.length / ROWS_PER_FILE));
  const references = Array.from({ length: count }, () => ({}));
  for (let i = count - 1; i >= 0; --i) {
    const begin = i * ROWS_PER_FILE;
    const text = writeJson({
      version: 1,
      ...(i === 0 && head),
      first_row: begin,
      total_rows: rows.length,
      ...(i === 0 && { files: references }),
      posts: rows.slice(begin, begin + ROWS_PER_FILE),
      ...(i === 0 && tail),
    });
    const integrity = await integrityOf(new TextEncoder().encode(text));
    references[i] = { url: `${i === 0 ? stem : `${stem}-${i + 1}`}.${digitsOf(integrity)}.json`, integrity };
    files.set(references[i].url, text);
  }
  return references[0];
}

// As JsonWriter in src/core/base/json_writer.cpp: signs that mean something in HTML are escaped, and the short escapes are \" \\ \n \t.
function writeJson(value) {
  const hex = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value)
    .replace(/\\[\s\S]/g, (escape) => ({ '\\b': '\\u0008', '\\f': '\\u000c', '\\r': '\\u000d' })[escape] ?? escape)
    .replace(/[<>&\u2028\u2029]/g, hex);
}

// As encode_path() in src/core/base/url.cpp.
function encodePath(path) {
  const escape = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(path).replaceAll('%2F', '/').replace(/[!'()*]/g, escape);
}
