// Runs as the program lays them out in its memory: ten 32-bit words each, text as UTF-8 elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRuns } from '../../../shell/program/raster_runs.js';

function memoryWith(text, ...runs) {
  const memory = { buffer: new ArrayBuffer(1024) };
  new Uint8Array(memory.buffer).set(new TextEncoder().encode(text), 512);
  new Int32Array(memory.buffer).set(runs.flat(), 2);
  return memory;
}

test('each run has its text, style, pen, box and clip', () => {
  const memory = memoryWith('Äpfel', [512, 6, 1, -2, 20, 3, 4, 50, 60, 0], [514, 4, 0, 0, 0, 0, 0, 0, 0, 1]);
  const [first, second] = readRuns(memory, 8, 2);
  assert.equal(first.text, 'Äpfel');
  assert.deepEqual([first.style, first.pen, first.box, first.needsClip], [1, [-2, 20], [3, 4, 50, 60], false]);
  assert.equal(second.text, 'pfel');
  assert.equal(second.needsClip, true);
});

test('what is measured is written into the run', () => {
  const memory = memoryWith('a', [512, 1, 7, 8, 9, 0, 0, 0, 0, 1]);
  const [run] = readRuns(memory, 8, 1);
  run.setBox(-1, -12, 9, 14);
  assert.deepEqual([...new Int32Array(memory.buffer, 8, 10)], [512, 1, 7, 8, 9, -1, -12, 9, 14, 1]);
});
