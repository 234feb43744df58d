// Shows that a wrong type is found in each folder of the shell, with the projects that `./dev lint` checks.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PLANTED = "/** @type {number} */\nexport const planted = 'no number';\n";

function checkedProjects() {
  return [...readFileSync(join(ROOT, 'dev'), 'utf8').matchAll(/\btsc -p (\S+)/g)].map(([, project]) => project);
}

// A copy of what the type checker reads.
function copyShell() {
  const copy = mkdtempSync(join(tmpdir(), 'octavo-types-'));
  for (const path of ['shell', 'src', 'tools', 'package.json', 'tsconfig.json']) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

test('a wrong type is found in every folder of the shell', () => {
  const copy = copyShell();
  try {
    const planted = readdirSync(join(copy, 'shell')).map((folder) => `shell/${folder}/planted.js`);
    for (const file of planted) writeFileSync(join(copy, file), PLANTED);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const said = checkedProjects().map((project) => spawnSync(process.execPath, [tsc, '-p', project], { cwd: copy, encoding: 'utf8' }).stdout);
    const found = [...said.join('\n').matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file);
    assert.deepEqual(found.sort(), planted.sort());
  } finally {
    rmSync(copy, { recursive: true });
  }
});
