// What the page layer may consist of. The core writes only such elements; this is the second lock on the same door, so that no
// content can become a script, a handler or something that is submitted even if the first one fails.

const TAGS = new Set(
  (
    'a abbr article aside b bdi blockquote br button caption cite code col colgroup dd del details dfn div dl dt em figcaption ' +
    'figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark nav ol p image pre q s samp section small ' +
    'span strong sub summary sup table tbody td textarea tfoot th thead time tr u ul var wbr'
  ).split(' '),
);

const ATTRIBUTES = new Set(
  (
    'abbr alt autocomplete checked class colspan data-action data-own-text data-pressed datetime decoding dir disabled for headers ' +
    'height href hreflang id lang loading open rel reversed role rowspan scope sizes span src srcset start tabindex title type value width'
  ).split(' '),
);

// Check boxes, and what a comment's author types in.
const INPUT_TYPES = new Set(['checkbox', 'text', 'email', 'url']);
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:']);
const IMAGE_SCHEMES = new Set(['http:', 'https:']);

export function isAllowedTag(tag) {
  return TAGS.has(tag);
}

// `baseUrl` is what relative addresses are resolved against.
export function isAllowedAttribute(tag, name, value, baseUrl) {
  if (name === 'href') return tag === 'a' && hasScheme(value, baseUrl, LINK_SCHEMES);
  if (name === 'src') return tag === 'img' && hasScheme(value, baseUrl, IMAGE_SCHEMES);
  if (name === 'srcset') return tag === 'img' && value.split(', ').every((source) => hasScheme(source, baseUrl, IMAGE_SCHEMES));
  // The only button is one that submits nothing.
  if (name === 'type') return tag === 'input' ? INPUT_TYPES.has(value) : tag !== 'button' || value === 'button';
  return ATTRIBUTES.has(name) || /^aria-[a-z]+$/.test(name);
}

function hasScheme(value, baseUrl, schemes) {
  try {
    return schemes.has(new URL(value, baseUrl).protocol);
  } catch {
    return false;
  }
}
