// Long work in pieces, between which the browser does what is more urgent: input, a frame.

// Four times slower, as phones are, still less than the 50 ms after which a person notices.
const PIECE_MS = 8;

// Resolves when it is this work's turn again.
export function pause() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

// Calls `step` until it says that there is no more.
export async function inPieces(step) {
  for (let more = true; more; ) {
    await pause();
    const end = performance.now() + PIECE_MS;
    do more = step();
    while (more && performance.now() < end);
  }
}
