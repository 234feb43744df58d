// What the press tells the scripts of a page: the data attributes of its script element (page.html).

/**
 * Addresses are relative to the site's root. A value that the page does not have is ''.
 * @typedef {{
 *   root: string, path: string, wasm: string, conversation: string, conversationWasm: string, backgroundTasks: string,
 *   bundle: string, buildId: string, post: string, integrity: string, shell: string,
 * }} ScriptData
 */

/** @type {() => ScriptData} */
export function scriptData() {
  const { dataset } = elementById('octavo_script');
  const names = ['root', 'path', 'wasm', 'conversation', 'conversationWasm', 'backgroundTasks', 'bundle', 'buildId', 'post', 'integrity', 'shell'];
  return /** @type {ScriptData} */ (Object.fromEntries(names.map((name) => [name, dataset[name] ?? ''])));
}

// An element that every page of the site has.
/** @type {(id: string) => HTMLElement} */
export function elementById(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}
