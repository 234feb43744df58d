// Smaller forms of the site's images, named as src/core/content/document/image_variants.h has it.

import { IMAGE_VARIANT_WIDTHS as WIDTHS } from '#constants';

const ENDING = /(\.[^./]*)$/;
const SMALLER = new RegExp(`-(?:${WIDTHS.join('|')})(\\.[^./]*)$`);

// The form of an image (as a post's file tells of it) that is kept for reading without a network: the largest of the smaller ones
// is sharp in a column on any screen, and a fraction of the original.
export function keptForm({ url, smaller = 0 }) {
  const width = WIDTHS[Math.min(smaller, WIDTHS.length) - 1];
  return width === undefined ? url : url.replace(ENDING, `-${width}$1`);
}

// What is in the cache of an image, in the form that is asked for or in another one.
export async function anyForm(cache, href) {
  const own = await cache.match(href, { ignoreVary: true });
  if (own !== undefined) return own;
  const other = (await cache.keys()).find(({ url }) => original(url) === original(href));
  return other && cache.match(other, { ignoreVary: true });
}

function original(url) {
  return url.replace(SMALLER, '$1');
}
