// Types of store.js for other rooms, as long as the room of the conversation is not checked itself.

import type { LocalStore } from '../site/local_store.js';

export interface StoredDraft {
  slot: string;
  page: string;
  parent: string;
  text: string;
  written_at: number;
  revision: number;
}

export class ConversationStore {
  static open(prefix: string, localStore: LocalStore): Promise<ConversationStore>;
  all(): Promise<{ drafts: string[]; records: string[] }>;
  add(content: { drafts: StoredDraft[]; records: { key: string }[] }): Promise<boolean>;
  close(): void;
}
