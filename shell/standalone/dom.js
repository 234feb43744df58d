// Elements of the pages whose script makes what stands on them (offline.html, share.html); `properties` are those of the DOM.

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(label, act) {
  return element('button', { type: 'button', textContent: label, onclick: act });
}
