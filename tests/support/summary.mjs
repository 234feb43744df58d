// Summarizes the results of ./dev test in a folder: the slowest tests, and how many have passed and failed.
//   node tests/support/summary.mjs build/test-results
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SLOWEST = 10;
const folder = process.argv[2];

// [{seconds, hasPassed, name}] of times_reporter.mjs.
function fromLines(text) {
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const [milliseconds, outcome, name] = line.split('\t');
    return { seconds: Number(milliseconds) / 1000, hasPassed: outcome === 'passed', name };
  });
}

// The same of a JSON file by GoogleTest.
function fromGoogleTest(text, program) {
  return JSON.parse(text).testsuites.flatMap(({ testsuite }) =>
    testsuite.filter(({ result }) => result === 'COMPLETED').map(({ classname, name, time, failures = [] }) => ({
      seconds: parseFloat(time),
      hasPassed: failures.length === 0,
      name: `${program}: ${classname}.${name}`,
    })),
  );
}

async function resultsOf(file) {
  const text = await readFile(join(folder, file), 'utf8');
  return file.endsWith('.json') ? fromGoogleTest(text, file.replace('.json', '')) : fromLines(text);
}

const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(json|tsv)$/.test(file)).sort();
const results = (await Promise.all(files.map(resultsOf))).flat();
const passed = results.filter(({ hasPassed }) => hasPassed).length;
console.log(`The slowest ${SLOWEST} of ${results.length} tests:`);
for (const { seconds, name } of [...results].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}
for (const { name } of results.filter(({ hasPassed }) => !hasPassed)) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${results.length - passed} failed`);
