// What is kept on a device as a file, and back.

/** @import { ExportedContent, StoredDraft, StoredRecord } from './storage.d.ts' */
/** @import { StoredTexts } from './messages.d.ts' */
/** @import { ConversationStore } from './store.js' */

const FORMAT = 'octavo-conversation';
const MOST_BYTES = 64 << 20;

/** @type {(json: string) => unknown} */
const parse = (json) => JSON.parse(json);

/** @type {(kept: StoredTexts) => void} */
export function exportFile({ drafts, records }) {
  const content = { format: FORMAT, version: 1, drafts: drafts.map(parse), records: records.map(parse) };
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'octavo-drafts-and-comments.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// Asks for a file and adds what is in it. Resolves to {ok, drafts, records}, the last two being counts, or to null when none was chosen.
/** @type {(store: ConversationStore) => Promise<{ ok: boolean, drafts: number, records: number } | null>} */
export async function importFile(store) {
  const file = await chooseFile();
  if (file === null) return null;
  const content = parseExport(file.size > MOST_BYTES ? '' : await file.text());
  const ok = content !== null && (await store.add(content));
  return { ok, drafts: content?.drafts.length ?? 0, records: content?.records.length ?? 0 };
}

/** @type {() => Promise<File | null>} */
function chooseFile() {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'application/json,.json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

// Returns null for another file. Entries without their key or text are left out.
/** @type {(text: string) => ExportedContent | null} */
export function parseExport(text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (content?.format !== FORMAT || !Array.isArray(content.drafts) || !Array.isArray(content.records)) return null;
  /** @type {(value: unknown) => boolean} */
  const isText = (value) => typeof value === 'string' && value !== '';
  return {
    drafts: content.drafts.filter((/** @type {StoredDraft | null} */ draft) => isText(draft?.slot) && typeof draft?.text === 'string'),
    records: content.records.filter((/** @type {StoredRecord | null} */ record) => isText(record?.key)),
  };
}
