// The one prefix of everything that a browser keeps for a site: caches, databases, settings, locks. Several blogs can share an origin,
// so it holds the site's path, encoded so that no path's names begin like another's.

/** @type {(root: URL) => string} */
export function storagePrefix(root) {
  return `octavo:${encodeURIComponent(root.pathname)}:`;
}
