// Runs kept on the device, in a store that only remembers.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { KeptRuns } from '../../www/lab/kept-runs.js';
import { fakeIndexedDB } from './lib/fake-indexed-db.js';

/** @type {Map<any, any>} */
let stored = new Map();

beforeEach(() => {
  stored = new Map();
  Object.assign(globalThis, { indexedDB: fakeIndexedDB(stored) });
});

const run = (/** @type {string} */ id) => ({ id, when: 0, seed: 7, seeds: 1, preset: 'lesson', rounds: 2, round: 0, step: 1, finished: false });
const kept = new Map([['7/ticket/0', new Uint8Array([1, 2])]]);
/** With the very same network of round 0 each time, as a run that goes on has it. @param {number} round */
const snapshot = (round) => /** @type {any} */ ({
  version: 2, kept, saved: new Map([['7/ticket', { checkpoint: new Uint8Array([round]), summary: { round } }]]), ages: new Map(), portraits: new Map(),
});
const ids = async (/** @type {KeptRuns} */ runs) => (await runs.list()).map(({ id }) => id);

test('a run is kept with all its parts, and a part that is there already is not written again', async () => {
  const runs = new KeptRuns();
  await runs.save(run('a'), snapshot(0));
  stored.set('part a kept:7/ticket/0', 'untouched');
  await runs.save(run('a'), snapshot(1));
  assert.equal(stored.get('part a kept:7/ticket/0'), 'untouched');
  assert.deepEqual((await runs.load('a'))?.saved.get('7/ticket')?.summary, { round: 1 });
  assert.equal(runs.works, true);
});

test('a run that was forgotten and goes on is kept anew as a whole', async () => {
  const runs = new KeptRuns();
  await runs.save(run('a'), snapshot(0));
  await runs.forget('a');
  assert.deepEqual([...stored], [['list', []]]);
  await runs.save(run('a'), snapshot(1));
  assert.deepEqual((await runs.load('a'))?.kept, kept);
  // In another tab.
  await new KeptRuns().forget('a');
  await runs.save(run('a'), snapshot(1));
  assert.deepEqual((await runs.load('a'))?.kept, kept);
});

test('what is forgotten while it is written is forgotten after that', async () => {
  const runs = new KeptRuns();
  await Promise.all([runs.save(run('a'), snapshot(0)), runs.forget('a'), runs.save(run('b'), snapshot(0))]);
  assert.deepEqual(await ids(runs), ['b']);
  assert.deepEqual([...stored.keys()].filter((key) => / a( |$)/.test(key)), []);
});
