// Which part of the page the canvas covers: the window plus overscan on both sides, so that most scrolling needs no painting.
// Pure; everything in whole device pixels.

/** @typedef {{ top: number, width: number, height: number }} CanvasArea */
/** @typedef {{ scrollTop: number, windowHeight: number, pageWidth: number, pageHeight: number }} ScrollPlace */

// 12 Mpx are 48 MB of backing store, which phones still give without evicting other tabs.
export const MAX_CANVAS_PIXELS = 12 * 1024 * 1024;
// The smallest limit of a drawing buffer's side among WebGL2 devices in use; larger ones silently shrink it.
export const MAX_CANVAS_SIDE = 8192;
// The canvas moves when less than this part of the overscan remains on the side toward which the page moves.
const LEAST_MARGIN = 0.25;
// When the window is off the center by more than this part of the overscan, the canvas is centered as scrolling ends.
const CENTER_TOLERANCE = 0.5;

// `pageHeight` may be less than the window's.
/** @type {(place: ScrollPlace) => CanvasArea} */
export function placeCanvas({ scrollTop, windowHeight, pageWidth, pageHeight }) {
  const width = Math.max(1, Math.min(pageWidth, MAX_CANVAS_SIDE));
  const full = Math.max(pageHeight, windowHeight, 1);
  const affordable = Math.min(MAX_CANVAS_SIDE, Math.floor(MAX_CANVAS_PIXELS / width));
  const wanted = Math.min(full, windowHeight * 3);
  const height = Math.max(Math.min(windowHeight, MAX_CANVAS_SIDE), Math.min(wanted, affordable));
  const centered = Math.round(scrollTop - (height - windowHeight) / 2);
  return { top: Math.max(0, Math.min(centered, full - height)), width, height };
}

// True when the window is about to leave the canvas, or has left it.
/** @type {(area: CanvasArea, place: ScrollPlace) => boolean} */
export function mustMove(area, place) {
  const overscan = (area.height - place.windowHeight) / 2;
  const margin = overscan * LEAST_MARGIN;
  const above = place.scrollTop - area.top;
  const below = area.top + area.height - (place.scrollTop + place.windowHeight);
  const pageBelow = Math.max(place.pageHeight, place.windowHeight) - (area.top + area.height);
  return (area.top > 0 && above < margin) || (pageBelow > 0 && below < margin);
}

// True when, at rest, another place of the canvas would serve noticeably better.
/** @type {(area: CanvasArea, place: ScrollPlace) => boolean} */
export function shouldCenter(area, place) {
  const better = placeCanvas(place);
  const overscan = (area.height - place.windowHeight) / 2;
  return Math.abs(better.top - area.top) > overscan * CENTER_TOLERANCE;
}
