// The interface between a page and the script of the conversation, which is loaded when a reader comes near the comments.

import type { ParseHtml } from './html_row.d.ts';
import type { Listeners } from './listeners.js';
import type { LocalStore } from './local_store.js';
import type { SignInReturn } from './sign_in_return.js';

export type { HtmlRow } from './html_row.d.ts';

// What the page gives to startConversation().
export interface ConversationHost {
  root: URL;
  layer: HTMLElement;
  localStore: LocalStore;
  listeners: Listeners;
  parseHtml: ParseHtml;
  send(event: ConversationChanged): void;
  follow(path: string): void;
  announce(text: string): void;
}

// What the conversation shows below the post.
export interface ConversationChanged {
  type: 'conversation';
  page: string;
  likes: number;
  hasThread: boolean;
  blocks: unknown;
}

// The post whose conversation is opened.
export interface ConversationPage {
  path: string;
  endpoint: string;
  engine: string;
  site?: string;
  thread: string;
  title: string;
  followsPrebuilt: boolean;
}

export interface ConversationClient {
  open(page: ConversationPage): Promise<void>;
  leave(): void;
  close(): void;
  handleShown(): void;
  act(action: string): Promise<void>;
  like(): void;
  focusText(): void;
  isExpected(path: string): boolean;
  resumeSignIn(signInReturn: SignInReturn): void;
}

export interface ConversationModule {
  startConversation(wasmUrl: string, host: ConversationHost): Promise<ConversationClient>;
}
