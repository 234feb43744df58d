// Creates the elements of the pages that a script fills (offline.html, share.html).

// `properties` are those of the DOM.
/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** @type {(label: string, act: () => void) => HTMLButtonElement} */
export function button(label, act) {
  return element('button', { type: 'button', textContent: label, onclick: act });
}
