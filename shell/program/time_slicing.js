// Divides long work into slices, between which the browser does what is more urgent: input, a frame.

// On a phone, about four times slower, a slice still takes less than the 50 ms after which a person notices.
const SLICE_MS = 8;

// Lets the browser do what is waiting, and resolves afterwards.
/** @type {() => Promise<void>} */
export function pause() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

// Calls `step` in slices until it returns false: nothing is left to do.
/** @type {(step: () => boolean) => Promise<void>} */
export async function runInSlices(step) {
  for (let more = true; more; ) {
    await pause();
    const end = performance.now() + SLICE_MS;
    do more = step();
    while (more && performance.now() < end);
  }
}
