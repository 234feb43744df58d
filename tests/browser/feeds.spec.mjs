// Files for programs: feeds and sitemap are checked by xmllint, a JSON Feed schema and a feed reader's parser, not by our own.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { validateXML } from 'xmllint-wasm';
import { jsonFeedProblems } from '../support/json_feed.mjs';
import { ROOT, startSampleSite } from './support/sample_site.mjs';

let site;
before(async () => {
  site = await startSampleSite();
});
after(() => site.stop());

const read = (name) => readFile(join(site.folder, name), 'utf8');

async function validate(fileName, schema) {
  return validateXML({
    xml: { fileName, contents: await read(fileName) },
    schema: await readFile(join(ROOT, 'tests/support/schemas', schema), 'utf8'),
    extension: 'relaxng',
  });
}

test('feed.xml is a valid Atom feed', async () => {
  const { valid, errors } = await validate('feed.xml', 'atom.rng');
  assert.ok(valid, JSON.stringify(errors));
});

test('the validation is one: a feed without an id is refused', async () => {
  const { valid } = await validateXML({
    xml: { fileName: 'feed.xml', contents: (await read('feed.xml')).replace(/<id>.*<\/id>/, '') },
    schema: await readFile(join(ROOT, 'tests/support/schemas/atom.rng'), 'utf8'),
    extension: 'relaxng',
  });
  assert.equal(valid, false);
});

test('feed.json is a valid JSON Feed, and one without items is none', async () => {
  const feed = JSON.parse(await read('feed.json'));
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
  assert.equal(jsonFeedProblems(feed), '');
  assert.match(jsonFeedProblems({ ...feed, items: undefined }), /items/);
  assert.match(jsonFeedProblems({ ...feed, feed_url: 'not an address' }), /feed_url/);
});

test('both feeds tell a feed reader the same', async () => {
  const atom = parseAtomFeed(await read('feed.xml'));
  const json = parseJsonFeed(await read('feed.json'));
  assert.equal(atom.title.value, json.title);
  assert.equal(atom.links.find((link) => link.rel === 'self').href, `${site.url}feed.xml`);
  assert.equal(json.feed_url, `${site.url}feed.json`);
  assert.ok(atom.entries.length > 3);
  const told = ({ id, title, url, html, day, tags }) => ({ id, title, url, html, day, tags });
  assert.deepEqual(
    atom.entries.map((entry) =>
      told({
        id: entry.id,
        title: entry.title.value,
        url: entry.links.find((link) => link.rel === 'alternate').href,
        html: entry.content.value,
        day: new Date(entry.published).valueOf(),
        tags: (entry.categories ?? []).map((category) => category.term),
      }),
    ),
    json.items.map((item) =>
      told({
        id: item.id,
        title: item.title,
        url: item.url,
        html: item.content_html.trim(),
        day: new Date(item.date_published).valueOf(),
        tags: item.tags ?? [],
      }),
    ),
  );
  for (const item of json.items) assert.equal((await fetch(item.url)).status, 200, item.url);
});

test('sitemap.xml names every page, and robots.txt names it', async () => {
  const { valid, errors } = await validate('sitemap.xml', 'sitemap.rng');
  assert.ok(valid, JSON.stringify(errors));
  const named = [...(await read('sitemap.xml')).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url);
  const files = await readdir(site.folder, { recursive: true });
  const pages = files
    .filter((name) => /(^|\/)index\.html$/.test(name))
    .map((name) => new URL(encodeURI(name.replace(/index\.html$/, '')), site.url).href);
  assert.deepEqual(named.map((url) => new URL(url).href).sort(), pages.sort());
  assert.match(await read('robots.txt'), new RegExp(`^Sitemap: ${site.url}sitemap\\.xml$`, 'm'));
});
