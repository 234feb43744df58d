// The comments server under load by wrk on loopback: requests a second and the time that 99 of 100 stay below. An Isso that
// tests/support/with_isso.sh has started (OCTAVO_ISSO) is measured in the same run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommentServer, NO_LIMITS } from '../comments/support/comment_server.mjs';

const CONNECTIONS = 16;
const SECONDS = 5;
const COMMENTS = 50;

// wrk calls request() for each; what is sent must differ each time.
function creating(endpoint, headers, body) {
  return `local count = 0
local seed = tostring(os.time()) .. tostring({}):gsub("%W", "")
request = function()
  count = count + 1
  local unique = seed .. "-" .. count
  return wrk.format("POST", "${endpoint}", {["Content-Type"] = "application/json"${headers}}, (${body}))
end
`;
}

function wrk(url, script) {
  const folder = mkdtempSync(path.join(tmpdir(), 'octavo-load-'));
  try {
    const args = ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency'];
    if (script) {
      writeFileSync(path.join(folder, 'script.lua'), script);
      args.push('-s', path.join(folder, 'script.lua'));
    }
    const { stdout, status, stderr } = spawnSync('wrk', [...args, url], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`wrk: ${stderr}`);
    const failed = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? '0';
    return {
      'requests/s': Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1])),
      p99: /99%\s+(\S+)/.exec(stdout)[1],
      failed: Number(failed),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function commentLoad() {
  if (spawnSync('wrk', ['-v']).error) return [];
  const rows = [];
  const server = await CommentServer.start(NO_LIMITS);
  try {
    for (let i = 0; i < COMMENTS; ++i) await server.post('a', `Comment ${i} with *some* text.`, `key-of-the-load-${i}`);
    rows.push({ server: 'octavo', what: `list of ${COMMENTS}`, ...wrk(`${server.api}/threads/a/comments`) });
    const body = '\'{"body_source":"Load \' .. unique .. \'","author":{"name":"Ann"}}\'';
    const create = creating('/_comments/v1/threads/b/comments', ', ["Idempotency-Key"] = "load-" .. unique', body);
    rows.push({ server: 'octavo', what: 'create', ...wrk(server.api, create) });
  } finally {
    await server.stop();
  }
  const isso = process.env.OCTAVO_ISSO;
  if (isso) {
    for (let i = 0; i < COMMENTS; ++i) {
      const body = JSON.stringify({ text: `Comment ${i} with *some* text.`, author: 'Ann', title: 'Load' });
      const sent = await fetch(`${isso}/new?uri=/a/`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      if (!sent.ok) throw new Error(`Isso: ${sent.status}`);
    }
    rows.push({ server: 'isso', what: `list of ${COMMENTS}`, ...wrk(`${isso}/?uri=/a/`) });
    const create = creating('/new?uri=/b/', '', '\'{"text":"Load \' .. unique .. \'","author":"Ann","title":"Load"}\'');
    rows.push({ server: 'isso', what: 'create', ...wrk(isso, create) });
  }
  return rows;
}
