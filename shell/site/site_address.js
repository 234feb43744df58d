// Addresses of the site's pages: from a link's URL to the path below the site's root that the core speaks, and back.

// The site's root as an absolute URL ending in '/'. Computed once: after a history change the document's base is another.
export function siteRoot(relativeRoot, documentUrl) {
  const root = new URL(relativeRoot || './', documentUrl);
  root.search = '';
  root.hash = '';
  if (!root.pathname.endsWith('/')) root.pathname = root.pathname.replace(/[^/]*$/, '');
  return root;
}

// The path below `root` with its '#fragment', or null for an address that is not a page of this site. Files that lie beside
// the pages (feeds, images) have a name with a dot; addresses with a query belong to the server.
export function pagePath(url, root) {
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname) || url.search) return null;
  const path = url.pathname.slice(root.pathname.length);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('.') && name !== 'index.html') return null;
  return path + url.hash;
}

// The path of the address that the document was loaded from, whatever it is; `fallback` if that is not below the root. A page for
// missing addresses is served at any of them, and a page's address may carry somebody's query.
export function startPath(documentUrl, root, fallback) {
  const url = new URL(documentUrl);
  const isBelow = url.origin === root.origin && url.pathname.startsWith(root.pathname);
  return (isBelow ? url.pathname.slice(root.pathname.length) : fallback) + url.hash;
}

// The same page, whatever fragment, 'index.html' or missing last '/' the address has.
export function samePage(a, b) {
  return withoutFragment(a) === withoutFragment(b);
}

export function withoutFragment(path) {
  const page = path.split('#', 1)[0].replace(/(^|\/)index\.html$/, '$1');
  return page === '' || page.endsWith('/') ? page : `${page}/`;
}

export function absoluteUrl(path, root) {
  return new URL(path === '' ? './' : path, root);
}
