// Releases as the site publishes them (assets/schemas/): the manifest octavo.json, the release list, and the rows of the index.

export interface FileReference {
  url: string;
  integrity: string;
}

// octavo.json, as far as the worker reads it.
export interface Manifest {
  version: number;
  build_id: string;
  release: FileReference;
  index: FileReference;
  total_rows: number;
  parts?: FileReference[];
}

export type PageHash = [slug: string, hash: string];

// bundle/release.<hash>.json
export interface ReleaseList {
  version: number;
  build_id: string;
  index: string; // the hash of the index's head
  files: FileReference[];
  later?: FileReference[]; // deferredFiles() of post_files.js
  pages: [path: string, hash: string][];
  standalone?: PageHash[];
  lists: string[];
  packs: [hash: string, bytes: number][];
  posts: number;
}

export interface Release {
  id: string;
  manifest: Manifest;
  root: ReleaseList;
}

// The files of up to 1,024 posts. Number 1 has the oldest posts.
export interface Pack {
  number: number;
  url: string;
  hash: string;
  bytes: number;
  isThere: boolean; // one that would be too large for a file is not
}

// A post or page in the index, as its file has it.
export interface IndexRow {
  slug: string;
  title?: string;
  tags?: string[];
  body: FileReference;
}

// A page, which is in no list.
export interface PageRow extends IndexRow {
  number?: undefined;
}

// A post with its place, counted from the oldest.
export interface Row extends IndexRow {
  number: number;
}

// An image as the file of its post describes it.
export interface ImageOfPost {
  url: string;
  variant_count?: number; // how many smaller variants there are
}
