// Input from outside for the conversation's script: exported files, and times to wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsOf } from '../../../shell/conversation/engine_call.js';
import { parseExport } from '../../../shell/conversation/export_file.js';

test('an exported file is read back, and nothing else is', () => {
  const draft = { slot: 'posts/a/\n', text: 'A' };
  const record = { key: 'k', state: 'queued' };
  const file = { format: 'octavo-conversation', version: 1, drafts: [draft], records: [record] };
  assert.deepEqual(parseExport(JSON.stringify(file)), { drafts: [draft], records: [record] });
  for (const other of ['', '[]', 'null', '{"drafts":[],"records":[]}', JSON.stringify({ ...file, drafts: {} })]) {
    assert.equal(parseExport(other), null, other);
  }
  assert.deepEqual(parseExport(JSON.stringify({ ...file, drafts: [null, {}, { slot: '', text: 'x' }], records: [{ key: 7 }] })), {
    drafts: [],
    records: [],
  });
});

test('Retry-After is seconds or a date, never longer than a day', () => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  assert.equal(secondsOf('7', now), 7);
  assert.equal(secondsOf('Wed, 25 Nov 2026 10:01:00 GMT', now), 60);
  assert.equal(secondsOf('Wed, 25 Nov 2020 10:01:00 GMT', now), 0);
  assert.equal(secondsOf('99999999', now), 86_400);
  for (const nothing of [null, '', 'soon', '-3']) assert.equal(secondsOf(nothing, now), 0);
});
