// The canvas's place in the page: it always covers the window, stays within its budget, and moves rarely.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE, mustMove, placeCanvas, shouldCenter } from '../../../shell/canvas/canvas_area.js';

const place = (changes) => ({ scrollTop: 0, windowHeight: 800, pageWidth: 1000, pageHeight: 20000, ...changes });

function covers(area, { scrollTop, windowHeight }) {
  return area.top <= scrollTop && area.top + area.height >= scrollTop + windowHeight;
}

test('one window of overscan on both sides in the middle of a page', () => {
  assert.deepEqual(placeCanvas(place({ scrollTop: 5000 })), { top: 4200, width: 1000, height: 2400 });
});

test('the canvas stays within the page at both ends', () => {
  assert.equal(placeCanvas(place({})).top, 0);
  const last = placeCanvas(place({ scrollTop: 19200 }));
  assert.equal(last.top + last.height, 20000);
});

test('a short page gets a canvas of the window', () => {
  assert.deepEqual(placeCanvas(place({ pageHeight: 300 })), { top: 0, width: 1000, height: 800 });
});

test('every window size stays within the pixel budget and the largest side', () => {
  for (const [pageWidth, windowHeight] of [[1170, 2532], [3840, 2160], [2560, 1440], [360, 740], [5120, 1440]]) {
    const area = placeCanvas(place({ pageWidth, windowHeight, scrollTop: 4000, pageHeight: 100000 }));
    assert.ok(area.width * area.height <= MAX_CANVAS_PIXELS, `${pageWidth}x${windowHeight}: ${area.width * area.height}`);
    assert.ok(area.height <= MAX_CANVAS_SIDE);
    assert.ok(covers(area, { scrollTop: 4000, windowHeight }));
  }
});

test('a window larger than the budget is still covered', () => {
  const wide = place({ pageWidth: 7680, windowHeight: 4320, scrollTop: 100 });
  assert.ok(covers(placeCanvas(wide), wide));
});

test('scrolling through a page of 25 windows moves the canvas at most every half window', () => {
  let area = placeCanvas(place({}));
  let moves = 0;
  for (let scrollTop = 0; scrollTop <= 19200; scrollTop += 60) {
    const now = place({ scrollTop });
    if (mustMove(area, now)) {
      area = placeCanvas(now);
      ++moves;
    }
    assert.ok(covers(area, now), `at ${scrollTop}`);
  }
  assert.ok(moves > 0 && moves <= 48, `${moves} moves`);
});

test('a jump out of the canvas moves it', () => {
  const area = placeCanvas(place({}));
  assert.ok(mustMove(area, place({ scrollTop: 9000 })));
});

test('the ends of the page are not margins that run out', () => {
  assert.ok(!mustMove(placeCanvas(place({})), place({})));
  const end = place({ scrollTop: 19200 });
  assert.ok(!mustMove(placeCanvas(end), end));
});

test('at rest the canvas is centered only when that gains much', () => {
  const area = placeCanvas(place({ scrollTop: 5000 }));
  assert.ok(!shouldCenter(area, place({ scrollTop: 5000 })));
  assert.ok(!shouldCenter(area, place({ scrollTop: 5300 })));
  assert.ok(shouldCenter(area, place({ scrollTop: 5500 })));
});
