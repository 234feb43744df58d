// The phases of a session follow each other in one order, and nothing follows the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionPhase } from '../../../shell/page/session_phase.js';

function phaseAfter(...names) {
  const phase = new SessionPhase();
  for (const name of names) phase.enter(name);
  return phase;
}

test('a session that waits for two files and is painted', () => {
  const phase = phaseAfter('starting', 'preparing', 'starting', 'preparing');
  assert.ok(!phase.isAdopted);
  phase.enter('adopted');
  assert.ok(phase.isAdopted && !phase.is('live'));
  phase.enter('live');
  assert.ok(phase.isAdopted && phase.is('live'));
});

test('a session can end in every phase, and stays ended', () => {
  for (const names of [[], ['starting'], ['starting', 'preparing'], ['starting', 'preparing', 'adopted'], ['starting', 'preparing', 'adopted', 'live']]) {
    const phase = phaseAfter(...names, 'over');
    assert.ok(!phase.isAdopted);
    for (const next of ['waiting', 'starting', 'preparing', 'adopted', 'live', 'over']) assert.throws(() => phase.enter(next), /does not go/);
  }
});

test('no phase is left out', () => {
  for (const [names, next] of [[[], 'preparing'], [[], 'live'], [['starting'], 'adopted'], [['starting', 'preparing'], 'live'], [['starting', 'preparing', 'adopted'], 'starting']]) {
    assert.throws(() => phaseAfter(...names).enter(next), /does not go/);
  }
});
