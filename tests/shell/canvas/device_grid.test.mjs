// Vertical lengths on whole device pixels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hairline, onFontGrid, onGrid } from '../../../shell/canvas/device_grid.js';

// What an engine keeps of a length: 64ths of a device pixel. Some lengths it cuts, others it rounds.
const kept = (css, dpr) => {
  const [cut, rounded] = [Math.floor(css * dpr * 64) / 64, Math.round(css * dpr * 64) / 64];
  assert.equal(rounded, cut);
  return cut;
};

test('whole ratios change nothing', () => {
  for (const dpr of [1, 2, 3]) {
    assert.equal(onGrid(30, dpr), 30);
    assert.equal(hairline(1), 1);
  }
});

test('a length is a whole number of device pixels after any engine has cut or rounded it', () => {
  for (const dpr of [0.9, 1.1, 1.25, 1.5, 1.75, 2.625]) {
    for (const css of [1, 8, 22, 24, 28, 30, 32, 50]) {
      assert.equal(kept(onGrid(css, dpr), dpr), Math.floor(css * dpr + 0.5), `${css} at ${dpr}`);
    }
  }
});

test('halves go up, as std::round has them', () => {
  assert.equal(kept(onGrid(30, 1.25), 1.25), 38);
  assert.equal(kept(onGrid(2, 1.25), 1.25), 3);
});

test('a hairline is never thinner than a device pixel and never thicker than a CSS pixel', () => {
  for (const [dpr, device] of [[0.5, 1], [1, 1], [1.25, 1], [1.75, 1], [2, 2], [2.625, 2], [3, 3]]) {
    assert.equal(kept(hairline(dpr), dpr), device, `at ${dpr}`);
  }
});

test('fonts are half CSS pixels at every text size', () => {
  assert.equal(onFontGrid(19, 1), 19);
  assert.equal(onFontGrid(17, 1.1), 18.5);
  assert.equal(onFontGrid(17, 1.25), 21.5);
  assert.equal(onFontGrid(17, 1.5), 25.5);
});
