// The comments server under load by wrk on loopback: requests a second and the time that 99 of 100 stay below, alone, beside one
// network that sends 1,000 requests a second from all its addresses, and beside 200 connections that send a byte a second. An Isso
// that tests/support/with_isso.sh has started (OCTAVO_ISSO) is measured in the same run.
// By hand: node -e "import('./tests/bench/comment_load.mjs').then(m => m.commentLoad()).then(console.table)"
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommentServer, NO_LIMITS } from '../comments/support/comment_server.mjs';

const CONNECTIONS = 16;
const SECONDS = 5;
const COMMENTS = 50;
// wrk waits this long before each request: so many connections make so many requests a second.
const FLOOD = { connections: 100, delay: 100 };
const FLOOD_ADDRESS = '"198.51.100." .. (count % 254 + 1)';
const SLOW_CONNECTIONS = 200;
const OTHERS = { connections: 4, delay: 20 };

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

// Each request comes from the next address of one network, as the proxy tells.
const reading = `local count = 0
request = function()
  count = count + 1
  return wrk.format("GET", nil, {["X-Forwarded-For"] = ${FLOOD_ADDRESS}})
end
`;

function scriptFile(script) {
  const folder = mkdtempSync(path.join(tmpdir(), 'octavo-load-'));
  const file = path.join(folder, 'script.lua');
  writeFileSync(file, script);
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

function figures(stdout) {
  return {
    'requests/s': Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1])),
    p99: /99%\s+(\S+)/.exec(stdout)[1],
    failed: Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? '0'),
  };
}

function wrk(url, script = '', connections = CONNECTIONS, headers = []) {
  const { file, remove } = scriptFile(script);
  try {
    const load = ['-t2', `-c${connections}`, `-d${SECONDS}s`, '--latency', ...headers.flatMap((header) => ['-H', header])];
    const { stdout, status, stderr } = spawnSync('wrk', [...load, '-s', file, url], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`wrk: ${stderr}`);
    return figures(stdout);
  } finally {
    remove();
  }
}

const delayed = (script, milliseconds) => `${script}\ndelay = function() return ${milliseconds} end\n`;

const others = (url) => wrk(url, delayed('', OTHERS.delay), OTHERS.connections, ['X-Forwarded-For: 203.0.113.1']);

// What others are answered while one network floods. Both come through a proxy, which is this machine.
async function besideFlood(url, floodUrl, floodScript) {
  const { file, remove } = scriptFile(delayed(floodScript, FLOOD.delay));
  const load = ['-t1', `-c${FLOOD.connections}`, `-d${SECONDS + 2}s`];
  const flood = spawn('wrk', [...load, '-s', file, floodUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  flood.stdout.on('data', (chunk) => (said += chunk));
  const ended = once(flood, 'close');
  const answered = others(url);
  await ended;
  remove();
  return { ...answered, 'flood/s': Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1])) };
}

// wrk blocks this process, so the slow ones are another.
async function besideSlowConnections(url) {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'slow_connections.mjs');
  const slow = spawn(process.execPath, [script, new URL(url).port, String(SLOW_CONNECTIONS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(slow.stdout, 'data');
  const answered = others(url);
  slow.kill();
  return answered;
}

async function octavoLoad() {
  const rows = [];
  const server = await CommentServer.start(`${NO_LIMITS}trusted_proxies = ["127.0.0.1"]\n`);
  try {
    for (let i = 0; i < COMMENTS; ++i) await server.post('a', `Comment ${i} with *some* text.`, `key-of-the-load-${i}`);
    const list = `${server.api}/threads/a/comments`;
    const page = `${server.url}/`;
    const body = '\'{"body_source":"Load \' .. unique .. \'","author":{"name":"Ann"}}\'';
    const create = creating('/_comments/v1/threads/b/comments', ', ["Idempotency-Key"] = "load-" .. unique', body);
    rows.push({ server: 'octavo', what: 'page', ...wrk(page) });
    rows.push({ server: 'octavo', what: `list of ${COMMENTS}`, ...wrk(list) });
    rows.push({ server: 'octavo', what: 'create', ...wrk(server.api, create) });
    const fromAll = creating('/_comments/v1/threads/b/comments', `, ["Idempotency-Key"] = "flood-" .. unique, ["X-Forwarded-For"] = ${FLOOD_ADDRESS}`, body);
    const floods = { pages: [page, reading], lists: [list, reading], creations: [server.api, fromAll] };
    for (const [name, [url, script]] of Object.entries(floods)) {
      rows.push({ server: 'octavo', what: `page beside a flood of ${name}`, ...(await besideFlood(page, url, script)) });
      rows.push({ server: 'octavo', what: `list beside a flood of ${name}`, ...(await besideFlood(list, url, script)) });
    }
    rows.push({ server: 'octavo', what: `page beside ${SLOW_CONNECTIONS} slow connections`, ...(await besideSlowConnections(page)) });
    rows.push({ server: 'octavo', what: `list beside ${SLOW_CONNECTIONS} slow connections`, ...(await besideSlowConnections(list)) });
  } finally {
    await server.stop();
  }
  return rows;
}

export async function commentLoad() {
  if (spawnSync('wrk', ['-v']).error) return [];
  const rows = await octavoLoad();
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
