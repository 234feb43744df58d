// What the store of a conversation holds, as far as scripts look into it. The rest is the program's (src/core/comments/).

import type { DBSchema } from 'idb';

export interface ConversationSchema extends DBSchema {
  drafts: { key: string; value: { slot: string; draft: string } };
  records: { key: string; value: { key: string; record: string } };
  threads: { key: string; value: CachedThread; indexes: { at: number } };
}

export interface CachedThread {
  page: string;
  body: string;
  at: number; // Unix seconds
}

export interface StoredDraft {
  version?: number;
  slot: string;
  page: string;
  parent: string;
  text: string;
  written_at: number;
  revision: number;
  window?: string; // that has saved it
}

export interface StoredRecord {
  key: string;
  state?: string;
}

// The content of a file of drafts and records.
export interface ExportedContent {
  drafts: StoredDraft[];
  records: StoredRecord[];
}

export type DraftOutcome = { state: 'saved' | 'failed'; stored?: undefined } | { state: 'conflict'; stored: string };

// LocalStore, or its substitute in the service worker.
export interface KeyValueStore {
  get(key: string): string;
  set(key: string, value: string): void;
}
