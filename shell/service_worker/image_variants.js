// Variants of the site's images, named as src/core/content/document/image_variants.h has it.

/** @import { ImageOfPost } from './release.d.ts' */

import { IMAGE_VARIANT_WIDTHS as WIDTHS } from '#constants';

const ENDING = /(\.[^./]*)$/;
const VARIANT_SUFFIX = new RegExp(`-(?:${WIDTHS.join('|')})(\\.[^./]*)$`);

// The variant of an image (as a post's file tells of it) that is pinned for reading without a network: the widest one
// is sharp in a column on any screen, and a fraction of the original.
/** @type {(image: ImageOfPost) => string} */
export function pinnedVariant({ url, variant_count: count = 0 }) {
  const width = WIDTHS[Math.min(count, WIDTHS.length) - 1];
  return width === undefined ? url : url.replace(ENDING, `-${width}$1`);
}

// What is in the cache of an image, in the variant that is asked for or in another one.
/** @type {(cache: Cache, href: string) => Promise<Response | undefined>} */
export async function anyVariant(cache, href) {
  const own = await cache.match(href, { ignoreVary: true });
  if (own !== undefined) return own;
  const other = (await cache.keys()).find(({ url }) => original(url) === original(href));
  return other && cache.match(other, { ignoreVary: true });
}

/** @type {(url: string) => string} */
function original(url) {
  return url.replace(VARIANT_SUFFIX, '$1');
}
