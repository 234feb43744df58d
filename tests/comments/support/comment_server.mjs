// `octavo serve` with comments on a folder of its own, as a process that tests start, stop and kill. The database is SQLite, or a
// schema of its own in the PostgreSQL that OCTAVO_POSTGRES names (tests/support/with_postgres.sh).
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const COMMAND = process.env.OCTAVO_COMMAND ?? join(ROOT, 'build/release/octavo');

// No limits apply unless a test sets them; the served folder is not a site with posts.
export const ANY_THREAD = 'threads = "any"\n';
export const NO_LIMITS = `${ANY_THREAD}per_minute = 0\nper_hour = 0\nmin_gap_seconds = 0\nrequests_per_minute = 0\nreactions_per_network = 0\n`;

export class CommentServer {
  #process = null;
  url = '';

  constructor(folder) {
    this.folder = folder;
    this.data = join(folder, 'site-comments');
  }

  // `settings` is the text of comments.toml.
  static async start(settings = NO_LIMITS) {
    const server = new CommentServer(await mkdtemp(join(tmpdir(), 'octavo-comments-')));
    await mkdir(join(server.folder, 'site'));
    await mkdir(server.data);
    await writeFile(join(server.folder, 'site/index.html'), '<!doctype html><title>Site</title>');
    await writeFile(join(server.data, 'comments.toml'), settings + (await databaseSetting()));
    await server.run();
    return server;
  }

  // The same server at the same address, with other settings.
  async restartWith(settings) {
    await this.end();
    await writeFile(join(this.data, 'comments.toml'), settings + (await databaseSetting()));
    await this.run(new URL(this.url).port);
  }

  // A second server on the same database.
  async another() {
    const server = new CommentServer(await mkdtemp(join(tmpdir(), 'octavo-comments-')));
    await cp(this.folder, server.folder, { recursive: true });
    await server.run();
    return server;
  }

  // Starts the process; ready when it says where it serves.
  async run(port = '0') {
    this.#process = spawn(COMMAND, ['serve', join(this.folder, 'site'), '--port', port], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process.stdout.setEncoding('utf8');
    let said = '';
    while (!/Ctrl-C/.test(said)) {
      const [chunk] = await Promise.race([
        once(this.#process.stdout, 'data'),
        once(this.#process, 'exit').then(() => { throw new Error(`octavo serve ended: ${said}`); }),
      ]);
      said += chunk;
    }
    this.said = said;
    this.url = `http://localhost:${/localhost:(\d+)/.exec(said)[1]}`;
    this.api = `${this.url}/_comments/v1`;
  }

  async end(signal = 'SIGTERM') {
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    await ended;
  }

  // Ends the process that serves, not the one that starts it again.
  crash(signal) {
    const { pid } = this.#process;
    const child = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
    if (child !== 0) process.kill(child, signal);
    return child !== 0;
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  // A new comment; resolves to {status, json}.
  async post(thread, text, key, more = {}) {
    const response = await fetch(`${this.api}/threads/${encodeURIComponent(thread)}/comments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${key}"` },
      body: JSON.stringify({ body_source: text, author: { name: 'Ann' }, ...more }),
    });
    return { status: response.status, json: await response.json() };
  }

  async get(path) {
    const response = await fetch(`${this.api}/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  // All comments of a thread, page by page.
  async all(thread) {
    const comments = [];
    let next = '';
    do {
      const page = await this.get(`threads/${encodeURIComponent(thread)}/comments?limit=200${next && `&cursor=${next}`}`);
      comments.push(...page.comments);
      next = page.next;
    } while (next);
    return comments;
  }
}

async function databaseSetting() {
  const server = process.env.OCTAVO_POSTGRES;
  if (!server) return '';
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await promisify(execFile)('psql', ['-q', '-d', server, '-c', `CREATE SCHEMA ${schema}`]);
  return `database = "${server} options='-c search_path=${schema}'"\n`;
}
