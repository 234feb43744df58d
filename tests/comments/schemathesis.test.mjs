// Requests that Schemathesis makes from the contract, right ones and wrong ones, in turn and in sequences; every check is on.
// OCTAVO_EXAMPLES is the number of requests of each kind and operation. With OCTAVO_SEED they are others than each time before.
// By hand: OCTAVO_EXAMPLES=300 OCTAVO_SEED=$RANDOM node --test tests/comments/schemathesis.test.mjs
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { CommentServer, NO_LIMITS, ROOT } from './support/comment_server.mjs';

const SCHEMATHESIS = join(ROOT, 'build/schemathesis/bin/st');
const EXAMPLES = process.env.OCTAVO_EXAMPLES ?? '6';
const PROVIDER = `origins = ["https://blog.example"]
[[providers]]
id = "test"
label = "Test"
issuer = "http://localhost:1"
client_id = "client"
client_secret = "secret"
`;
const TOKEN = 'token-of-somebody-who-signed-in';

// Somebody is signed in, and stays it: one of the operations is to sign out.
async function signIn(server) {
  const hash = createHash('sha256').update(TOKEN).digest('base64url');
  const columns = 'token_hash, person, name, url, avatar, email, expires';
  const old = columns.split(', ').map((column) => `OLD.${column}`).join(', ');
  await promisify(execFile)('sqlite3', [
    join(server.data, 'comments.db'),
    `INSERT INTO sessions (${columns}) VALUES ('${hash}', 'test:ann', 'Ann', '', '', 'ann@mail.example', 9999999999999);
     CREATE TRIGGER kept AFTER DELETE ON sessions BEGIN INSERT INTO sessions (${columns}) VALUES (${old}); END;`,
  ]);
}

async function schemathesis(server) {
  const which = process.env.OCTAVO_SEED ? ['--seed', process.env.OCTAVO_SEED] : ['--generation-deterministic'];
  const contract = join(ROOT, 'assets/comments/openapi.json');
  const options = ['--url', server.api, '--checks', 'all', '--max-examples', EXAMPLES, '--output-sanitize', 'false', '--no-color', ...which];
  const running = spawn(SCHEMATHESIS, ['--config-file', join(ROOT, 'tests/comments/schemathesis.toml'), 'run', contract, ...options], {
    cwd: server.folder,
    env: { ...process.env, OCTAVO_OWNER: (await readFile(join(server.data, 'moderation-token'), 'utf8')).trim(), OCTAVO_PERSON: TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [running.stdout, running.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (said += chunk));
  const [code] = await once(running, 'close');
  return { code, said };
}

test('the server keeps its contract for whatever Schemathesis makes of it', async () => {
  assert.ok(existsSync(SCHEMATHESIS), 'Schemathesis is not there: ./dev test --comments installs it');
  const server = await CommentServer.start(NO_LIMITS + PROVIDER);
  try {
    await signIn(server);
    const { code, said } = await schemathesis(server);
    assert.equal(code, 0, said);
    assert.match(said, /Selected: (\d+)\/\1\n\s+Tested: \1\n/, said); // no operation is left out
    for (const phase of ['Coverage', 'Fuzzing', 'Stateful']) assert.match(said, new RegExp(`✅\\s+${phase}`), said);
    const passed = Number(/(\d+) generated, \1 passed/.exec(said)?.[1] ?? 0);
    assert.ok(passed > 500, said);
    console.log(`Schemathesis: ${passed} requests, 0 findings`);
  } finally {
    await server.stop();
  }
});
