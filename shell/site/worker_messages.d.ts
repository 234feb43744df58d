// The requests of pages to the service worker, and its answers (shell/service_worker/messages.js).

export type Extent = 'usual' | 'all' | 'none';
// A host refuses a file when it answers with another status than those for files that are there or are missing.
export type FailureReason = 'missing' | 'refused' | 'mismatch' | 'network' | 'full';

export type WorkerRequest =
  | { type: 'check'; page: { path: string; buildId: string } }
  | { type: 'status' | 'retry' | 'remove' | 'tidy' }
  | { type: 'save'; extent: Extent }
  | { type: 'posts'; query: string }
  | { type: 'fetch_ahead'; path: string }
  | { type: 'pin' | 'unpin'; slug: string };

export interface SavedPost {
  slug: string;
  title: string;
  isKept: boolean;
  images: number; // that the post has
  kept: number; // that are on the device
}

// Each answer has the members of its request; any may have an error instead.
export interface WorkerAnswer {
  error?: string;
  path?: string; // of the file that the error is about
  update?: boolean; // check: there is a newer release, and the page looks different in it
  more?: boolean; // save, posts: there is more
  total?: number; // status, and so on
  saved?: number;
  pages?: number;
  bytes?: number;
  failed?: [path: string, reason: FailureReason][];
  extent?: Extent | null;
  posts?: SavedPost[]; // posts
  images?: number; // status: of pinned posts, on the device
  pinned?: string[];
  kept?: number; // pin
  missing?: number;
}
