// The messages between the page and the reader's program: JSON, as src/browser/messages.h reads and writes it.

// ---- From the program ---------------------------------------------------------------------------------------------------

// ["tag", block id or -1, attributes, ...children], or text.
export type ElementNode = [tag: string, blockId: number, attributes: Record<string, string>, ...children: TreeNode[]];
export type TreeNode = ElementNode | string;

export type Rect = [x: number, y: number, width: number, height: number];

// Layout places them; those of one block are in document order.
export interface PlacedElement {
  blockId: number;
  rect: Rect;
}

export interface HitTarget {
  kind: 'link' | 'button';
  url?: string; // of a link
  action?: string; // of a button
}

// The post's conversation, as its page names it.
export interface PageComments {
  endpoint: string;
  engine: string;
  site?: string;
  thread: string;
  title: string;
  followsPrebuilt: boolean;
}

// A page to show. Lengths are device pixels, `scrollY` is CSS pixels.
export interface PageMessage {
  path: string;
  title: string;
  language: string;
  direction: string;
  description: string;
  fragment: string;
  scrollY: number;
  keepScroll: boolean;
  relayout: boolean; // the same page in a new layout
  isFailure: boolean;
  width: number;
  height: number;
  left: number;
  dpr: number;
  tree: ElementNode;
  columns: [blockId: number, widths: number[]][];
  scrolled: number[]; // block ids of the tables that scroll
  targets: HitTarget[];
  images: PlacedElement[];
  fields: PlacedElement[];
  comments?: PageComments;
}

export type Effect =
  | FetchEffect
  | { type: 'push_address'; path: string }
  | { type: 'open_address'; url: string }
  | { type: 'announce'; text: string }
  | { type: 'store_item'; key: string; value: string }
  | { type: 'prefer'; theme: string; textSize: string };

export interface FetchEffect {
  type: 'fetch';
  request: number;
  url: string;
  integrity: string;
}

// The calls of the bridge to the page. The first three are called in the middle of a call into the program, and may call it again.
export interface BridgeHost {
  showPage(message: PageMessage): void;
  perform(effects: Effect[]): void;
  requestFrame(): void;
  crashed(error: unknown): void;
}

// ---- To the program -----------------------------------------------------------------------------------------------------

// CSS pixels.
export interface Viewport {
  width: number;
  height: number;
  dpr: number;
  textScale: number;
  scrollBar: number;
  minFont: number;
}

export type ThemeKind = 'light' | 'dark' | 'sepia' | 'light-contrast' | 'dark-contrast';
export type PointerKind = 'move' | 'down' | 'up' | 'leave';

// Where the browser ended the lines of the static page (browser_line_reader.js).
export interface BrowserLines {
  blocks: number[][]; // [index, hash, start...]
  tables: number[][]; // [index, width in CSS pixels...]
  images: number[]; // heights in CSS pixels
}

export interface StartOptions {
  path: string;
  bundleUrl: string;
  postUrl: string;
  postIntegrity: string;
  localStore: Record<string, string>;
  viewport: Viewport;
  theme: ThemeKind;
  lines: BrowserLines;
}

export type ReaderEvent =
  | { type: 'link_followed'; path: string }
  | { type: 'history_moved'; path: string; scrollY: number }
  | { type: 'action'; action: string }
  | { type: 'conversation'; page: string; likes: number; hasThread: boolean; blocks: unknown };
