// Rebuilds the bundle's index files from the rows they consist of, byte for byte as src/core/content/bundle_write.cpp and
// src/press/bundle_files.cpp write them. A returning reader then loads the post that has changed instead of the lists that name it.
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

// `site`, `tags` and `hyphenation` as a former index has them, `rows` newest first. Resolves to {index: {url, integrity}, files: Map(url -> text)}.
// Throws for a tag that the former index does not know, since only the press can name its page.
export async function buildIndex({ site, tags, hyphenation, rows }) {
  const files = new Map();
  const list = [];
  for (const group of groupByTag(rows, tags)) {
    const index = await addFiles(files, `bundle/tags/${encodePath(group.slug)}`, group.rows, {});
    list.push({ name: group.name, slug: group.slug, count: group.rows.length, index });
  }
  const head = { site, ...(list.length > 0 && { tags: list }), ...(hyphenation && { hyphenation }) };
  const index = await addFiles(files, 'bundle/index', rows, head);
  return { index, files };
}

function groupByTag(rows, tags = []) {
  const slugs = new Map();
  for (const { name, slug } of tags) slugs.set(name, slug).set(name.toLowerCase(), slug);
  const groups = new Map();
  for (const row of rows) {
    for (const name of row.tags ?? []) {
      const slug = slugs.get(name) ?? slugs.get(name.toLowerCase());
      if (slug === undefined) throw new Error(`the tag ${name} is new`);
      if (!groups.has(slug)) groups.set(slug, { name, slug, rows: [] });
      const group = groups.get(slug);
      if (group.rows.at(-1) !== row) group.rows.push(row);
    }
  }
  const byUse = (a, b) => b.rows.length - a.rows.length || (a.slug < b.slug ? -1 : 1);
  return [...groups.values()].sort(byUse);
}

// Adds the files of one index, the last one first, since the first one names the others; resolves to the first one's reference.
async function addFiles(files, stem, rows, head) {
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
