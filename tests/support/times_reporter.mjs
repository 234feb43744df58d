// A reporter for node --test: one line for every test that has ended, "milliseconds TAB passed or failed TAB file: name", for summary.mjs.
import { relative } from 'node:path';

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // Files and suites are not tests, and skipped tests prove nothing.
    const { duration_ms: milliseconds, type: kind } = data.details;
    if (kind === 'suite' || data.skip !== undefined || data.name === data.file) continue;
    const file = data.file === undefined ? '' : `${relative(process.cwd(), data.file)}: `;
    yield `${Math.round(milliseconds)}\t${type === 'test:pass' ? 'passed' : 'failed'}\t${file}${data.name}\n`;
  }
}
