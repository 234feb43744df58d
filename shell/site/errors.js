// What a message can say of a value that was thrown, which need not be an Error.

/** @type {(error: unknown) => string} */
export function nameOf(error) {
  return error instanceof Error ? error.name : String(error);
}

/** @type {(error: unknown) => string} */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
