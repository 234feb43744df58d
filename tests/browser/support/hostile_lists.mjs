// Public lists of strings that attack web pages, from packages that are installed for the tests: nothing of them is in this repository.
// More lists may be named by hand, in files with a vector a line: OCTAVO_VECTOR_FILES=a.txt:b.txt
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { randomFrom } from './random.mjs';

const require = createRequire(import.meta.url);
// Debian's wfuzz.
const INJECTIONS = '/usr/share/wfuzz/wordlist/Injections';

// As many as CI can wait for, and as many as one blog can have on a few pages.
const DEFAULT_COUNT = 40;
const BATCH = 120;

const LISTS = {
  'big-list-of-naughty-strings': () => require('big-list-of-naughty-strings'),
  'xss-filters': () => lines(require.resolve('xss-filters/tests/fuzz/bin/seed.xss')),
  'wfuzz XSS': () => lines(`${INJECTIONS}/XSS.txt`),
  'wfuzz All_attack': () => lines(`${INJECTIONS}/All_attack.txt`),
};

function lines(file) {
  return readFileSync(file, 'utf8').split('\n');
}

// Some lists spell bytes as \x0B.
function unescaped(text) {
  const bytes = Buffer.from(text).toString('latin1').replace(/\\x([0-9A-Fa-f]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  return Buffer.from(bytes, 'latin1').toString().replace(/[\r\n\0]+/g, ' ');
}

// All vectors, each once; what is no text of one line gets spaces. `counts` are those of each list.
function allVectors() {
  const lists = { ...LISTS };
  for (const file of (process.env.OCTAVO_VECTOR_FILES ?? '').split(':').filter((name) => name !== '')) lists[file] = () => lines(file);
  const [vectors, counts] = [new Set(), {}];
  for (const [name, read] of Object.entries(lists)) {
    const own = read().map((text) => text.replace(/[\r\n\0]+/g, ' ').trim()).filter((text) => text !== '');
    for (const vector of own.flatMap((text) => [text, unescaped(text)])) vectors.add(vector);
    counts[name] = own.length;
  }
  return { vectors: [...vectors], counts };
}

// The vectors of one blog each: all of them where OCTAVO_VECTORS is "all", otherwise one blog of as many as it says.
export function hostileBatches() {
  const { vectors, counts } = allVectors();
  const wanted = process.env.OCTAVO_VECTORS ?? String(DEFAULT_COUNT);
  const chosen = ranked(vectors, Number(process.env.OCTAVO_SEED ?? 1)).slice(0, wanted === 'all' ? Infinity : Number(wanted));
  const batches = [];
  for (let i = 0; i < chosen.length; i += BATCH) batches.push(chosen.slice(i, i + BATCH));
  return { batches, counts };
}

// In a random order that is the same for the same seed; those with markup or a script's address come first.
function ranked(vectors, seed) {
  const random = randomFrom(seed);
  const rank = (vector) => (/<\s*\w|on\w+\s*=|script\s*:/i.test(vector) ? 0 : 1) + random(1000) / 1000;
  return vectors.map((vector) => [rank(vector), vector]).sort(([a], [b]) => a - b).map(([, vector]) => vector);
}
