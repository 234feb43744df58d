// What the WebAssembly program of the reader exports: the names in src/browser/exports.txt.

export interface ReaderExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  octavo_alloc(size: number): number;
  octavo_block_bottom(blockId: number): number;
  octavo_canvas_area(top: number, width: number, height: number): void;
  octavo_context_lost(): void;
  octavo_context_restored(): void;
  octavo_contract_version(): number;
  octavo_event(pointer: number, length: number): void;
  octavo_fetch_failed(request: number, reason: number, status: number): void;
  octavo_fetched(request: number, pointer: number, length: number): void;
  octavo_focus(target: number): void;
  octavo_fonts_changed(): void;
  octavo_frame(now: number): void;
  octavo_free(pointer: number): void;
  octavo_hide_block(blockId: number): void;
  octavo_pointer(x: number, y: number, kind: number): void;
  octavo_resize(width: number, height: number, dpr: number, textScale: number, scrollBar: number, minFont: number): void;
  octavo_start(pointer: number, length: number): void;
  octavo_theme(kind: number): void;
  octavo_work(): number;
}
