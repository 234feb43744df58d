// Frames: one request at a time, and the steps in their order.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Frames } from '../../../shell/page/frames.js';

const requested = [];
let steps;
let frames;

beforeEach(() => {
  requested.length = 0;
  steps = [];
  globalThis.requestAnimationFrame = (handler) => requested.push(handler);
  frames = new Frames({
    resize: () => steps.push('resize'),
    place: () => {
      steps.push('place');
      frames.request(); // gets the frame that is running
    },
    paint: (now) => steps.push(`paint ${now}`),
  });
});

test('several requests get one frame', () => {
  frames.request();
  frames.request();
  assert.equal(requested.length, 1);
  requested[0](7);
  assert.deepEqual(steps, ['place', 'paint 7']);
  assert.equal(requested.length, 1);
});

test('what asks while painting gets the next frame', () => {
  const again = new Frames({ resize() {}, place() {}, paint: () => again.request() });
  again.request();
  requested[0](0);
  assert.equal(requested.length, 2);
});

test('a resize comes first, once', () => {
  frames.requestResize();
  frames.requestResize();
  requested[0](1);
  frames.request();
  requested[1](2);
  assert.deepEqual(steps, ['resize', 'place', 'paint 1', 'place', 'paint 2']);
});
