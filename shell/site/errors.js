// Messages about a thrown value, which need not be an Error.

/** @type {(error: unknown) => string} */
export function nameOf(error) {
  return error instanceof Error ? error.name : String(error);
}

/** @type {(error: unknown) => string} */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
