// Bundles the shell and lays out, with the program that Emscripten made, the folder of reader files that `octavo build` publishes from:
// octavo.js, early.js, background_tasks.js, offline_page.js, octavo.wasm, conversation.js, conversation.wasm, page.html, reader.css, public/
// with the files of web/, icons and the service worker sw.js, and kill_sw.js, which `octavo build --kill-service-worker` publishes in
// its place.
//   node tools/bundle_shell.mjs [--program DIR] [--out DIR]
// DIR of the program is where the CMake targets reader_program and conversation_program were built.
import { execFile } from 'node:child_process';
import { cp, copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { generatedModules } from './generated_modules.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { program: { type: 'string', default: join(root, 'build/web') }, out: { type: 'string', default: join(root, 'build/web') } },
});
const program = resolve(values.program);
const out = resolve(values.out);
// Names as src/press/publish/web_manifest.h reads them.
const ICONS = [
  ['any-192', 'web/icon.svg', 192],
  ['any-512', 'web/icon.svg', 512],
  ['maskable-512', 'assets/icons/maskable.svg', 512],
  ['touch-180', 'assets/icons/maskable.svg', 180],
];
const WORKER = { format: 'iife', minify: true };

await mkdir(out, { recursive: true });
await bundle('page/main.js', 'octavo.js', { format: 'esm', minify: true });
// A classic script, which the page waits for.
await bundle('page/early.js', 'early.js', { format: 'iife', minify: true });
await bundle('site/background_tasks.js', 'background_tasks.js', { format: 'esm', minify: true });
await bundle('standalone/offline_page.js', 'offline_page.js', { format: 'esm', minify: true, loader: { '.css': 'text' } });
// Loaded when a reader comes near the comments.
await bundle('conversation/conversation.js', 'conversation.js', { format: 'esm', minify: true });
await copyFile(join(program, 'reader_program.wasm'), join(out, 'octavo.wasm'));
await copyFile(join(program, 'conversation_program.wasm'), join(out, 'conversation.wasm'));
await copyFile(join(root, 'shell/page/page.html'), join(out, 'page.html'));
await bundle('page/reader.css', 'reader.css', { minifyWhitespace: true });
await rm(join(out, 'public'), { recursive: true, force: true });
await cp(join(root, 'web'), join(out, 'public'), { recursive: true });
await mkdir(join(out, 'public/icons'));
for (const [icon, source, pixels] of ICONS) await draw(source, icon, pixels);
await bundle('service_worker/service_worker.js', 'public/sw.js', WORKER);
await bundle('service_worker/kill.js', 'kill_sw.js', WORKER);
console.log(`reader files: octavo.js ${await size('octavo.js')}, octavo.wasm ${await size('octavo.wasm')} bytes`);

async function bundle(entry, file, options) {
  await build({
    entryPoints: [join(root, 'shell', entry)],
    outfile: join(out, file),
    bundle: true,
    plugins: [generatedModules],
    ...options,
    target: ['chrome111', 'firefox113', 'safari16.4'],
    legalComments: 'none',
    logLevel: 'warning',
  });
}

async function draw(source, icon, pixels) {
  const options = ['--width', String(pixels), '--height', String(pixels), '--output', join(out, 'public/icons', `${icon}.png`)];
  await promisify(execFile)('rsvg-convert', [...options, join(root, source)]);
}

async function size(name) {
  return (await stat(join(out, name))).size;
}
