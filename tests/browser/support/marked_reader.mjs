// Readers that do the same as the real one and have other bytes: an update to one of them loads all scripts and programs anew.
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { READER_FILES } from './sample_site.mjs';

// Makes `folder` such a reader, which says `mark` in all of its scripts, styles and programs.
export async function copyReader(folder, mark) {
  await mkdir(folder, { recursive: true });
  await cp(join(READER_FILES, 'public'), join(folder, 'public'), { recursive: true });
  for (const name of (await readdir(READER_FILES)).filter((each) => /\.(js|css|wasm|html)$/.test(each))) {
    await writeFile(join(folder, name), Buffer.concat([await readFile(join(READER_FILES, name)), ending(name, mark)]));
  }
  return folder;
}

function ending(name, mark) {
  if (/\.(js|css)$/.test(name)) return Buffer.from(`\n/* ${mark} */\n`);
  if (name.endsWith('.wasm')) return Buffer.from([CUSTOM_SECTION, mark.length + 1, mark.length, ...Buffer.from(mark)]);
  return Buffer.alloc(0);
}

// Of a WebAssembly module: it has a name and no meaning.
const CUSTOM_SECTION = 0;
