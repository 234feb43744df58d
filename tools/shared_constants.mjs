// Constants that C++ and the shell have in common, read from the C++ source. Scripts import them as "#constants": Node resolves that to
// this file (package.json), and esbuild to the values themselves (tools/generated_modules.mjs).
// @ts-nocheck: the types of Node's modules are not installed.
import { readFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);

// A number, a string or a list of them, from `constexpr ... name = value;`, `constexpr ... name{value, ...};` or std::to_array().
export function constantIn(text, name) {
  const found = new RegExp(`\\bconstexpr\\b[^;=]*[ &*]${name}(?:\\[\\])?\\s*(?:=\\s*([^;{]+?)|=?[^;{]*\\{([^}]*)\\}\\)?)\\s*;`).exec(text);
  if (found === null) throw new Error(`no constant ${name}`);
  return found[1] === undefined ? found[2].split(',').map(valueOf) : valueOf(found[1]);
}

// {NETWORK: 0, NOT_FOUND: 1, ...} of `enum class name : type { Network, NotFound, ... };`
export function enumIn(text, name) {
  const found = new RegExp(`\\benum class ${name}\\b[^{;]*\\{([^}=]*)\\};`).exec(text);
  if (found === null) throw new Error(`no enum ${name}`);
  const names = found[1].replaceAll(/\/\/.*/g, '').match(/\w+/g);
  return Object.fromEntries(names.map((it, i) => [constantName(it), i]));
}

function constantName(name) {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

// A literal, or the constant's name of an enumerator.
function valueOf(text) {
  const literal = text.trim();
  const enumerator = /^\w+::(\w+)$/.exec(literal);
  if (enumerator !== null) return constantName(enumerator[1]);
  if (literal.startsWith('"')) return JSON.parse(literal);
  // A product of literals, too.
  const factors = literal.split('*').map((factor) => Number(factor.replaceAll("'", '').replace(/[UuLlFf]+\s*$/, '')));
  const number = factors.reduce((product, factor) => product * factor, 1);
  if (Number.isNaN(number)) throw new Error(`no literal: ${literal}`);
  return number;
}

function read(file, name, reader = constantIn) {
  return reader(readFileSync(new URL(file, ROOT), 'utf8'), name);
}

/** @type {number[]} */
export const TEXT_SIZES = read('src/core/layout/style/style.h', 'kTextSizes');
/** @type {number} */
export const STANDARD_FONT_SIZE = read('src/core/layout/style/style.h', 'kStandardFontSizeCss');
/** @type {import('../shell/program/messages.d.ts').ThemeKind[]} */
export const THEME_KINDS = Object.keys(read('src/core/layout/style/style.h', 'ThemeKind', enumIn)).map((name) => name.toLowerCase().replace('_', '-'));
/** @type {string[]} */
export const THEMES = read('src/core/content/bundle/site_choices.h', 'kThemeNames');
/** @type {{ NETWORK: number, NOT_FOUND: number, MISMATCH: number, TOO_LARGE: number }} */
export const FETCH_FAILURES = read('src/core/reader/event.h', 'FetchFailure', enumIn);
/** @type {number[]} */
export const IMAGE_VARIANT_WIDTHS = read('src/core/content/document/image_variants.h', 'kImageVariantWidths');
/** @type {number} */
export const MAX_HTML_DEPTH = read('src/core/content/html/html_parser.h', 'kMaxHtmlDepth');
/** @type {string} */
export const CONVERSATION_ACTION = read('src/core/conversation/action.h', 'kConversationAction');
/** @type {number} */
export const POSTS_PER_PACK = read('src/press/publish/release_list.h', 'kPostsPerPack');
/** @type {string} */
export const SHELL_ROOT = read('src/press/publish/static_pages.h', 'kShellRoot');
/** @type {number} */
export const CONTRACT_VERSION = read('src/browser/bridge.cpp', 'kContractVersion');
/** @type {number} */
export const CONVERSATION_VERSION = read('src/browser/conversation_program.cpp', 'kConversationVersion');
const OUTBOX_RECORD = 'src/core/comments/outbox_record.h';
/** @type {{ QUEUED: string, SENDING: string, UNSURE: string, ASKING: string, HELD: string, PUBLISHED: string, REFUSED: string }} */
export const OUTBOX_STATES = Object.fromEntries(Object.entries(read(OUTBOX_RECORD, 'OutboxState', enumIn)).map(([name, i]) => [name, read(OUTBOX_RECORD, 'kOutboxStates')[i]]));
/** @type {string[]} */
export const OUTBOX_PENDING_STATES = read(OUTBOX_RECORD, 'kPendingStates').map((name) => OUTBOX_STATES[name]);
/** @type {import('../shell/conversation/messages.d.ts').FieldName[]} */
export const FORM_FIELDS = read('src/core/comments/refusal.cpp', 'kFields').filter((name) => name !== '');
/** @type {number} */
export const DRAFT_VERSION = read('src/core/comments/draft.h', 'kDraftVersion');
/** @type {string} */
export const DRAFT_SLOT_SEPARATOR = read('src/core/comments/draft.h', 'kSlotSeparator');
/** @type {number} */
export const BUNDLE_VERSION = read('src/core/content/bundle/bundle.h', 'kBundleVersion');
/** @type {number} */
export const ROWS_PER_FILE = read('src/core/content/bundle/bundle.h', 'kRowsPerFile');
/** @type {number} */
export const ROWS_PER_PART = ROWS_PER_FILE * read('src/core/content/bundle/bundle.h', 'kRowFilesPerPart');
/** @type {number} */
const MAX_POST_BYTES = read('src/core/content/document/content_limits.h', 'kMaxPostBytes');
/** @type {number} */
export const MAX_POST_FILE_BYTES = read('src/core/content/bundle/bundle_format.h', 'kMaxPostFileShare') * MAX_POST_BYTES;
