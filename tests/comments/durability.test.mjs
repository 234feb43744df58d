// The server killed with SIGKILL while many write: what it acknowledged is there, once, after each restart.
//   OCTAVO_KILLS=1000 OCTAVO_WRITERS=50 node --test tests/comments/durability.test.mjs   (by hand; CI does fewer)
// With OCTAVO_MINUTES the crashes end after that time, even if there were fewer.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { CommentServer } from './support/comment_server.mjs';

const KILLS = Number(process.env.OCTAVO_KILLS ?? 50);
const WRITERS = Number(process.env.OCTAVO_WRITERS ?? 10);
const END = process.env.OCTAVO_MINUTES ? Date.now() + 60_000 * Number(process.env.OCTAVO_MINUTES) : Infinity;
const run = promisify(execFile);

test(`${KILLS} kills during writes lose nothing that was acknowledged`, async () => {
  const server = await CommentServer.start();
  const acknowledged = new Map(); // key -> id
  const sent = new Map(); // key -> [thread, text], acknowledged or not
  let cutOff = 0;
  try {
    for (let round = 0; round < KILLS; ++round) {
      const thread = `round ${round}`;
      let isAlive = true;
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let i = 0; isAlive; ++i) {
          const key = randomUUID();
          const text = `${writer}.${i}`;
          sent.set(key, [thread, text]);
          try {
            const { status, json } = await server.post(thread, text, key);
            assert.equal(status, 201, JSON.stringify(json));
            acknowledged.set(key, json.comment.id);
          } catch (error) {
            if (isAlive && error instanceof assert.AssertionError) throw error;
            ++cutOff;
            return;
          }
        }
      });
      // At some moment between the first answers and the fifteenth.
      const wanted = acknowledged.size + 1 + Math.floor(Math.random() * 15);
      while (acknowledged.size < wanted) await new Promise(setImmediate);
      isAlive = false;
      await server.end('SIGKILL');
      await Promise.all(writers);
      await server.run();
      await checkRound(server, thread, acknowledged, sent);
    }
    assert.ok(cutOff > KILLS / 2, `only ${cutOff} writes were cut off: the kills come too late to prove anything`);
    console.log(`${KILLS} kills, ${acknowledged.size} acknowledged comments, ${cutOff} writes cut off, 0 lost`);
    if (process.env.OCTAVO_POSTGRES) return;
    await server.end();
    const { stdout } = await run('sqlite3', [join(server.data, 'comments.db'), 'PRAGMA integrity_check']);
    assert.equal(stdout.trim(), 'ok');
    await server.run();
  } finally {
    await server.stop();
  }
});

test(`${KILLS} crashes while the same clients go on lose nothing and need nobody`, async () => {
  const server = await CommentServer.start();
  const wanted = new Set();
  let crashes = 0;
  let resent = 0;
  let downSince = 0; // the last crash that nothing was acknowledged after
  let longestOutage = 0;
  const isOver = () => crashes >= KILLS || Date.now() > END;
  const summary = () =>
    `${crashes} crashes, ${wanted.size} comments, ${resent} sent again, longest time without an answer ${Math.round(longestOutage)} ms`;
  try {
    const deliver = async (text, key) => {
      while (true) {
        try {
          const { status, json } = await server.post('a', text, key);
          assert.equal(status, 201, JSON.stringify(json));
          if (downSince) longestOutage = Math.max(longestOutage, performance.now() - downSince);
          downSince = 0;
          return;
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          ++resent; // the connection was cut: the same key again, as the outbox does
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; !isOver(); ++i) {
        const text = `${writer}.${i}`;
        wanted.add(text);
        await deliver(text, randomUUID());
      }
    });
    const crashing = (async () => {
      while (!isOver()) {
        const next = wanted.size + 1 + Math.floor(Math.random() * 15);
        while (wanted.size < next && !isOver()) await new Promise(setImmediate);
        if (!server.crash(crashes % 2 ? 'SIGABRT' : 'SIGKILL')) continue;
        ++crashes;
        downSince ||= performance.now();
        if (crashes % 100 === 0) console.log(summary());
      }
    })();
    await Promise.all([...writers, crashing]);
    wanted.add('after all');
    await deliver('after all', randomUUID());
    const stored = (await server.all('a')).map((comment) => comment.body_source);
    assert.deepEqual(stored.toSorted(), [...wanted].sort(), 'each comment is there once');
    console.log(`${summary()}; ${stored.length} comments are stored, 0 lost`);
  } finally {
    await server.stop();
  }
});

async function checkRound(server, thread, acknowledged, sent) {
  const stored = await server.all(thread);
  const ids = new Set(stored.map((comment) => comment.id));
  assert.equal(ids.size, stored.length);
  assert.equal(new Set(stored.map((comment) => comment.body_source)).size, stored.length, 'a comment is there twice');
  for (const [key, [where, text]] of sent) {
    if (where !== thread) continue;
    const id = acknowledged.get(key);
    if (id) assert.ok(ids.has(id), `${text} was acknowledged and is lost`);
    // What was cut off is asked for before it is sent again, as the outbox does; either way it is there once.
    else if ((await server.get(`submissions/${key}`)).state === 'unknown') assert.equal((await server.post(thread, text, key)).status, 201);
    sent.delete(key);
  }
  const now = await server.all(thread);
  assert.equal(new Set(now.map((comment) => comment.body_source)).size, now.length, 'a resend was stored twice');
}
