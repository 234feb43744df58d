// The files of the built site: the bundle keeps to its schemas, and a first visit stays within its budget.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import Ajv from 'ajv/dist/2020.js';
import { COMMAND, ROOT, startSampleSite } from './support/sample_site.mjs';

const FIRST_VISIT_BYTES = 240 * 1024;
const WORKER_BYTES = 12 * 1024;

let site;
let files;
before(async () => {
  site = await startSampleSite();
  files = (await readdir(site.folder, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();
});
after(() => site.stop());

// Which schema of assets/schemas each file follows.
const SCHEMAS = [
  [/^octavo\.json$/, 'manifest.schema.json'],
  [/^bundle\/(index|rows)[.-].*\.json$/, 'index.schema.json'],
  [/^bundle\/posts\/.*\.json$/, 'post.schema.json'],
  [/^bundle\/release\.[0-9a-f]+\.json$/, 'release.schema.json'],
];

test('every bundle file follows its schema', async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const counts = {};
  for (const name of files.filter((file) => file === 'octavo.json' || /^bundle\/(?!release-).*\.json$/.test(file))) {
    const [, schema] = SCHEMAS.find(([pattern]) => pattern.test(name)) ?? assert.fail(`no schema for ${name}`);
    ajv.getSchema(schema) ?? ajv.addSchema(await readJson(join(ROOT, 'assets/schemas', schema)), schema);
    const isValid = ajv.validate(schema, await readJson(join(site.folder, name)));
    assert.ok(isValid, `${name}: ${ajv.errorsText()}`);
    counts[schema] = (counts[schema] ?? 0) + 1;
  }
  assert.deepEqual(Object.keys(counts).sort(), SCHEMAS.map(([, schema]) => schema).sort());
});

test('the command and every page name the version of the project', async () => {
  const { version } = await readJson(join(ROOT, 'package.json'));
  const { stdout } = await promisify(execFile)(COMMAND, ['--version']);
  assert.equal(stdout, `octavo ${version}\n`);
  const pages = files.filter((file) => /(^|\/)(index|404|reader|offline)\.html$/.test(file));
  assert.ok(pages.length > 10, pages.join(', '));
  for (const page of pages) assert.ok((await readFile(join(site.folder, page), 'utf8')).includes(`<meta name="generator" content="Octavo ${version}">`), page);
});

test('a first visit stays within 240 KB of Brotli', async () => {
  // The page about saved posts loads its own script, and comments load theirs when somebody comes near them.
  const names = files.filter((name) => /^assets\/(?!offline\.|conversation\.).*\.(js|wasm|css)$/.test(name));
  assert.equal(names.length, 5, names.join(', '));
  for (const name of files.filter((file) => /^assets\/conversation\./.test(file))) await compressedSize(name);
  let total = 0;
  for (const name of names) total += await compressedSize(name);
  console.log(`first visit: ${total} of ${FIRST_VISIT_BYTES} bytes`);
  assert.ok(total <= FIRST_VISIT_BYTES, `${total} bytes`);
});

test('the service worker, which a visit loads when it is over, stays within 12 KB', async () => {
  assert.ok((await compressedSize('sw.js')) <= WORKER_BYTES);
  await compressedSize(files.find((name) => /^assets\/offline\./.test(name)));
});

// A data block is not executed, so a policy without inline scripts allows it. It is always written in one way, and its content can
// neither end it nor be anything but JSON.
const DATA_BLOCK = /<script type="application\/ld\+json">([^<]*)<\/script>/g;

test('no page carries an inline script, style or handler', async () => {
  let blocks = 0;
  for (const name of files.filter((file) => file.endsWith('.html'))) {
    const html = await readFile(join(site.folder, name), 'utf8');
    for (const [, text] of html.matchAll(DATA_BLOCK)) {
      assert.doesNotMatch(text, /[<>&\u2028\u2029]/, name);
      assert.equal(JSON.parse(text)['@context'], 'https://schema.org', name);
      ++blocks;
    }
    const rest = html.replace(DATA_BLOCK, '');
    assert.doesNotMatch(rest, /<script(?![^>]*\bsrc=)|<style|\sstyle=|<[a-z][^>]*\son[a-z]+=/i, name);
    assert.doesNotMatch(rest, /ld\+json/, name);
    assert.doesNotMatch(html, /\{\{\w+\}\}/, name);
  }
  const found = files.filter((file) => file.endsWith('.html') && !['404.html', 'offline.html', 'reader.html'].includes(file));
  assert.equal(blocks, found.length, 'every page that is to be found says what it is');
});

async function compressedSize(name) {
  const bytes = await readFile(join(site.folder, name));
  const size = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`${name}: ${bytes.length} bytes, ${size} compressed`);
  return size;
}

async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}
