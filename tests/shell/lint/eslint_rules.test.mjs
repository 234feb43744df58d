// Shows that every rule of this project in eslint.config.mjs can fail, and where it does not apply.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../../..', import.meta.url)) });

async function messagesOf(filePath, code) {
  const [{ messages }] = await eslint.lintText(code, { filePath });
  return messages.map(({ message }) => message);
}

const MARKUP = 'Build elements with createElement and textContent.';
const MEMORY = 'The memory of a program belongs to the bridge.';
const SLEEPING = 'Tests wait for a condition.';

const BROKEN = [
  ['shell/page/a.js', "document.body.innerHTML = 'a';\n", MARKUP],
  ['shell/page/a.js', "document.body.outerHTML = 'a';\n", MARKUP],
  ['shell/standalone/a.js', "document.body.insertAdjacentHTML('beforeend', 'a');\n", MARKUP],
  ['shell/program/bridge.js', "document.write('a');\n", MARKUP],
  ['src/server/a.js', "document.body.innerHTML = 'a';\n", MARKUP],
  ['shell/canvas/a.js', 'export const view = (memory) => new Uint8Array(memory.buffer);\n', MEMORY],
  ['shell/page/a.js', 'export const view = (program) => new Uint8Array(program.memory.buffer);\n', MEMORY],
  ['shell/page/a.js', 'export const view = (program) => program.HEAPU8;\n', MEMORY],
  ['tests/browser/a.spec.mjs', 'export const wait = (page) => page.waitForTimeout(500);\n', SLEEPING],
];

for (const [file, code, message] of BROKEN) {
  test(`${file} must not say ${code.trim()}`, async () => assert.deepEqual(await messagesOf(file, code), [message]));
}

test('the bridge reads the memory of the program, and a buffer is not a memory', async () => {
  const read = 'export const view = (memory) => new Uint8Array(memory.buffer);\n';
  assert.deepEqual(await messagesOf('shell/program/program_imports.js', read), []);
  assert.deepEqual(await messagesOf('shell/page/a.js', 'export const view = (bytes) => bytes.buffer;\n'), []);
});

test('unused names, undeclared names and loose comparisons are found', async () => {
  for (const code of ['const a = 1;\n', 'export const a = missing;\n', 'export const a = (b) => b == 1;\n', 'export var a = 1;\n']) {
    assert.equal((await messagesOf('shell/page/a.js', code)).length, 1, code);
  }
});
