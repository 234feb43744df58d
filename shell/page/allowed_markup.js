// What the page layer may contain. The core writes only such elements; this is the second lock on the same door, so that no
// content can become a script, a handler or something that is submitted even if the first one fails.

import { GLOBAL_ATTRIBUTES, PAGE_ELEMENTS } from '#elements';

const ATTRIBUTES = new Map(
  Object.entries(PAGE_ELEMENTS).map(([tag, attributes]) => [tag, new Set(`${GLOBAL_ATTRIBUTES} ${attributes}`.split(' '))]),
);

// Check boxes, and what a comment's author types in.
const INPUT_TYPES = new Set(['checkbox', 'text', 'email', 'url']);
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:']);
const IMAGE_SCHEMES = new Set(['http:', 'https:']);

/** @type {(tag: string) => boolean} */
export function isAllowedTag(tag) {
  return ATTRIBUTES.has(tag);
}

// `baseUrl` is what relative addresses are resolved against.
/** @type {(tag: string, name: string, value: string, baseUrl: string) => boolean} */
export function isAllowedAttribute(tag, name, value, baseUrl) {
  if (/^aria-[a-z]+$/.test(name)) return ATTRIBUTES.has(tag);
  if (!ATTRIBUTES.get(tag)?.has(name)) return false;
  if (name === 'href') return hasScheme(value, baseUrl, LINK_SCHEMES);
  if (name === 'src') return hasScheme(value, baseUrl, IMAGE_SCHEMES);
  if (name === 'srcset') return value.split(', ').every((source) => hasScheme(source, baseUrl, IMAGE_SCHEMES));
  if (name === 'type' && tag === 'input') return INPUT_TYPES.has(value);
  // The only allowed button submits nothing.
  return name !== 'type' || tag !== 'button' || value === 'button';
}

/** @type {(value: string, baseUrl: string, schemes: Set<string>) => boolean} */
function hasScheme(value, baseUrl, schemes) {
  try {
    return schemes.has(new URL(value, baseUrl).protocol);
  } catch {
    return false;
  }
}
