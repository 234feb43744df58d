// What the page and the program of the conversation say to each other: JSON, as src/browser/conversation_messages.h describes it.

// ---- From the program -----------------------------------------------------------------------------------------------------

export interface EngineCall {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: string;
  cookies: boolean;
}

export interface FormValues {
  text: string;
  name: string;
  email: string;
  website: string;
  consent: boolean;
  remember: boolean;
}

export interface Caret {
  caretBegin: number; // UTF-16 units
  caretEnd: number;
}

export type FieldName = keyof FormValues;

// A slot for a draft, and the version that it is expected to hold; revision 0 = it is empty.
export interface DraftPlace {
  slot: string;
  revision: number;
  window: string; // that has saved it: its page key
}

// The draft in `slot` leaves the store in the same transaction; '' = none.
export interface RecordToStore extends DraftPlace {
  ticket: number;
  key: string;
  record: string;
  isNew: boolean; // the store has never had it
  expected: string; // the state that is in the store as far as this window knows; '' = it may replace anything
}

export interface DraftToSave extends DraftPlace {
  newRevision: number;
  draft: string;
}

export interface SignInStart {
  provider: string;
  label: string;
  endpoint: string;
}

export interface ConversationView {
  page: string;
  likes: number;
  hasThread: boolean;
  blocks: unknown; // rows, which only the reader's program reads
  textMax: number;
}

export type ConversationEffect =
  | ({ type: 'show' } & ConversationView)
  | ({ type: 'call'; call: number } & EngineCall)
  | ({ type: 'store' } & RecordToStore)
  | { type: 'forget'; key: string }
  | ({ type: 'save_draft' } & DraftToSave)
  | ({ type: 'drop_draft' } & DraftPlace)
  | { type: 'set_timer'; seconds: number }
  | ({ type: 'fill' } & Omit<FormValues, 'consent'> & Caret)
  | { type: 'focus'; field: FieldName; id?: undefined }
  | { type: 'focus'; id: string }
  | { type: 'announce'; text: string }
  | ({ type: 'sign_in' } & SignInStart)
  | { type: 'cancel_sign_in' }
  | { type: 'sign_out'; endpoint: string }
  | { type: 'remember'; name: string; email: string; website: string }
  | { type: 'like_sent'; on: boolean }
  | { type: 'cache'; body: string }
  | { type: 'copy'; text: string }
  | { type: 'open_page'; path: string; parent: string }
  | { type: 'outbox'; count: number };

// ---- To the program -------------------------------------------------------------------------------------------------------

export interface EngineAnswer {
  status: number; // 0 = no answer
  body: string;
  retryAfter: number; // seconds
  unsent?: boolean; // there was no network
}

export interface Session {
  token: string;
  name: string;
  label: string; // of the provider
  image: string; // an address that the page may load, or ''
}

export interface StoredTexts {
  drafts: string[]; // JSON
  records: string[];
}

export interface PageOpened extends StoredTexts {
  page: string;
  engine: string;
  site: string;
  endpoint: string;
  thread: string;
  title: string;
  followsPrebuilt: boolean;
  parent: string; // opens the draft that answers this comment
  pageKey: string;
  zone: number; // minutes
  session: Session | null;
  fields: { name?: string; email?: string; website?: string };
  readerKey: string;
  liked: boolean;
  likeSent: boolean;
  cached: string;
  cachedAt: number;
  isKept: boolean;
  wasLost: boolean;
}

// Gone: another window has taken the record back.
export type StoreOutcome = 'stored' | 'refused' | 'gone';

export type ConversationEvent =
  | ({ type: 'open' } & PageOpened)
  | { type: 'open'; records: string[] } // the outbox alone is at work
  | ({ type: 'answered'; call: number } & EngineAnswer)
  | ({ type: 'typed' } & FormValues & Caret)
  | { type: 'settled' | 'sending' | 'timer_fired' | 'online' }
  | { type: 'draft_saved' | 'draft_failed'; revision: number }
  | { type: 'rows'; rows: number }
  | { type: 'action'; action: string; key: string }
  | { type: 'liked'; on: boolean; readerKey: string }
  | { type: 'draft_conflict'; revision: number; draft: string }
  | { type: 'imported'; ok: boolean; drafts: number; records: number }
  | { type: 'stored'; ticket: number; outcome: StoreOutcome }
  | { type: 'records'; records: string[] }
  | ({ type: 'signed_in' } & Session)
  | { type: 'sign_in_ended'; why: string; label: string }; // 'denied', 'provider' or 'failed'
