// Two servers on one database, as behind a balancer: a comment sent to one is on the other, once, whichever of them ends.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { CommentServer } from './support/comment_server.mjs';

// Servers on two machines cannot share a SQLite file; that two processes can is in the unit tests.
assert.ok(process.env.OCTAVO_POSTGRES, 'run this by tests/support/with_postgres.sh');

let first;
let second;
before(async () => {
  first = await CommentServer.start();
  second = await first.another();
});
after(() => Promise.all([first.stop(), second.stop()]));

test('resends to the other server are answered the same', async () => {
  for (let i = 0; i < 20; ++i) {
    const key = randomUUID();
    const answers = await Promise.all([first, second, first, second].map((server) => server.post('a', `comment ${i}`, key)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  }
  assert.equal((await first.all('a')).length, 20);
  assert.deepEqual(await first.all('a'), await second.all('a'));
});

test('when one is killed the other goes on where it was', async () => {
  const since = (await second.get('threads/b/comments')).since;
  const keys = Array.from({ length: 40 }, randomUUID);
  const sending = keys.map((key, i) => first.post('b', `comment ${i}`, key).then(() => 'answered', () => 'cut off'));
  await Promise.race(sending);
  await first.end('SIGKILL');
  const outcomes = await Promise.all(sending);
  for (const [i, key] of keys.entries()) {
    const { state } = await second.get(`submissions/${key}`);
    assert.ok(outcomes[i] === 'cut off' || state === 'published');
    if (state === 'unknown') assert.equal((await second.post('b', `comment ${i}`, key)).status, 201);
  }
  assert.equal((await second.get(`threads/b/comments?since=${since}&limit=200`)).comments.length, 40);
  await first.run();
  assert.equal((await first.all('b')).length, 40);
});
