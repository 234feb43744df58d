// What the WebAssembly program of the conversation exports: the names in src/browser/conversation_exports.txt.

export interface ConversationExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  octavo_alloc(size: number): number;
  octavo_conversation_event(pointer: number, length: number): void;
  octavo_conversation_version(): number;
  octavo_free(pointer: number): void;
}
