// What is kept on a device as a file, and back.

const FORMAT = 'octavo-conversation';
const MOST_BYTES = 64 << 20;

// `drafts` and `records` are JSON texts.
export function exportFile({ drafts, records }) {
  const content = { format: FORMAT, version: 1, drafts: drafts.map(JSON.parse), records: records.map(JSON.parse) };
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'octavo-drafts-and-comments.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// Asks for a file and adds what is in it. Resolves to {ok, drafts, records}, the last two being counts, or to null when none was chosen.
export async function importFile(store) {
  const file = await chooseFile();
  if (file === null) return null;
  const content = parseKept(file.size > MOST_BYTES ? '' : await file.text());
  const ok = content !== null && (await store.add(content));
  return { ok, drafts: content?.drafts.length ?? 0, records: content?.records.length ?? 0 };
}

function chooseFile() {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'application/json,.json';
    input.addEventListener('change', () => resolve(input.files[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

// null for what is no such file. Entries that are none are left out.
export function parseKept(text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (content?.format !== FORMAT || !Array.isArray(content.drafts) || !Array.isArray(content.records)) return null;
  const isText = (value) => typeof value === 'string' && value !== '';
  return {
    drafts: content.drafts.filter((draft) => isText(draft?.slot) && typeof draft.text === 'string'),
    records: content.records.filter((record) => isText(record?.key)),
  };
}
