// Addresses of the site's pages: from a link's URL to the path below the site's root, which the core uses, and back.

// The site's root as an absolute URL that ends in '/'. It is computed once, because a history change gives the document another base.
/** @type {(relativeRoot: string | undefined, documentUrl: string) => URL} */
export function siteRoot(relativeRoot, documentUrl) {
  const root = new URL(relativeRoot || './', documentUrl);
  root.search = '';
  root.hash = '';
  if (!root.pathname.endsWith('/')) root.pathname = root.pathname.replace(/[^/]*$/, '');
  return root;
}

// The path below `root` with its '#fragment', or null for an address that is not a page of this site. Files beside
// the pages (feeds, images) have a name with a dot; addresses with a query belong to the server.
/** @type {(url: URL, root: URL) => string | null} */
export function pagePath(url, root) {
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname) || url.search) return null;
  const path = url.pathname.slice(root.pathname.length);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('.') && name !== 'index.html') return null;
  return path + url.hash;
}

// The path of the address that the document was loaded from, or `fallback` if that is not below the root. The page for missing
// addresses is served at any of them, and somebody may have added a query to a page's address.
/** @type {(documentUrl: string, root: URL, fallback: string) => string} */
export function startPath(documentUrl, root, fallback) {
  const url = new URL(documentUrl);
  const isBelow = url.origin === root.origin && url.pathname.startsWith(root.pathname);
  return (isBelow ? url.pathname.slice(root.pathname.length) : fallback) + url.hash;
}

// Whether both lead to the same page. Fragment, 'index.html' and a missing last '/' make no difference.
/** @type {(a: string, b: string) => boolean} */
export function samePage(a, b) {
  return withoutFragment(a) === withoutFragment(b);
}

/** @type {(path: string) => string} */
export function withoutFragment(path) {
  const page = path.split('#', 1)[0].replace(/(^|\/)index\.html$/, '$1');
  return page === '' || page.endsWith('/') ? page : `${page}/`;
}

/** @type {(path: string, root: URL) => URL} */
export function absoluteUrl(path, root) {
  return new URL(path === '' ? './' : path, root);
}
