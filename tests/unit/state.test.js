// The reducer and what is read off the state.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { obstacles, phaseOf, progress, runnable, speedUp, timeLeft } from '../../www/engine/plan.js';
import { LINES, armsOf, initialState, reduce, seedsOf } from '../../www/engine/state.js';
import { progressBar } from '../../www/lab/progress.js';
import { wordsIn } from '../../www/lab/words.js';
import '../../www/strings/lab.js';
import { lessonLike } from './lib/fake-engine.js';

/** @typedef {import('../../www/engine/state.js').State} State */
/** @typedef {import('../../www/engine/state.js').Message} Message */

/** @param {Message[]} messages */
const after = (...messages) => messages.reduce(reduce, initialState());
/** @type {Message} */
const configured = { type: 'configured', config: lessonLike, seeds: 1, corrections: [] };
const summary = (/** @type {object} */ changes) => ({ phase: 'training', round: 0, step: 0, remaining: 100, survivors: [100], ...changes });
/** @type {Message} */
const ready = { type: 'data', data: { status: 'ready' } };

/** @param {number} round @param {string} key @param {number} rate @returns {Message} */
const roundOf = (round, key, rate = 100) => ({
  type: 'events', run: 1, key, rate, stepRate: rate, summary: summary({ phase: 'trained', round, step: 50 }),
  events: [{ kind: 'round', result: { seed: 7, arm: key.split('/')[1], round, remaining: 100 / 2 ** round, testAccuracyEarlyStop: 90 } }],
});

test('no message changes the state it was given', () => {
  const state = after(configured, ready, { type: 'went', target: 2 });
  const before = structuredClone(state);
  reduce(state, roundOf(0, '7/ticket'));
  reduce(state, { type: 'reset' });
  reduce(state, { type: 'masks', run: 1, seed: 7, round: 1 });
  assert.deepEqual(state, before);
});

test('what an abandoned run says changes nothing', () => {
  const state = after(configured, { type: 'reset' });
  for (const run of [0, 1, 3]) {
    assert.equal(reduce(state, /** @type {Message} */ ({ ...roundOf(0, '7/ticket'), run })), state);
    assert.equal(reduce(state, { type: 'masks', run, seed: 7, round: 1 }), state);
  }
  assert.notEqual(reduce(state, /** @type {Message} */ ({ ...roundOf(0, '7/ticket'), run: 2 })), state);
});

test('a control waits for masks, a line does not', () => {
  let state = after(configured, ready, { type: 'went', target: 2 });
  const keys = () => runnable(state).map(({ key, round }) => `${key}/${round}`);
  assert.deepEqual(keys(), ['7/ticket/0']);
  state = reduce(state, roundOf(0, '7/ticket'));
  assert.deepEqual(keys(), ['7/ticket/1']);
  state = reduce(state, { type: 'masks', run: 1, seed: 7, round: 1 });
  assert.deepEqual(keys(), ['7/ticket/1', '7/reinit/1']);
  state = reduce(state, { type: 'summary', run: 1, key: '7/ticket', summary: summary({ phase: 'pruned' }) });
  assert.deepEqual(keys(), ['7/reinit/1'], 'a pruned line waits for a restart');
});

test('controls bring the ticket whose masks they need', () => {
  assert.deepEqual(armsOf({ ...lessonLike, arms: ['reinit'] }), ['ticket', 'reinit']);
  assert.deepEqual(armsOf({ ...lessonLike, arms: ['one-shot'] }), ['one-shot']);
});

test('an arm makes masks of its own if the engine lets it run without the ticket, and no other does', async () => {
  const { default: init, ...engine } = await import('../../www/engine/pkg/lottery_ticket.js');
  await init({ module_or_path: await readFile(new URL('../../www/engine/pkg/lottery_ticket_bg.wasm', import.meta.url)) });
  /** @type {string[]} */
  const arms = engine.config_table().find((/** @type {any} */ { name }) => name === 'arms').choices;
  const alone = arms.filter((arm) => {
    try {
      return engine.config_from_json({ arms: [arm] });
    } catch (error) {
      assert.match(String(error), /ticket/, arm);
      return false;
    }
  });
  assert.ok(alone.length > 1 && alone.length < arms.length, alone.join());
  assert.deepEqual([...LINES].sort(), alone.sort());
});

test('seeds count up from the first', () => {
  assert.deepEqual(seedsOf(after({ ...configured, seeds: 3 })), [7, 8, 9]);
  assert.equal(Object.keys(after({ ...configured, seeds: 3 }).lines).length, 6);
});

test('every verb says why it cannot be done, or can', () => {
  const fresh = obstacles(after(configured));
  assert.equal(fresh.train, null);
  assert.equal(fresh.findTicket, null);
  assert.equal(fresh.prune, 'trainFirst');
  assert.equal(fresh.rewind, 'pruneBefore');
  assert.equal(fresh.reset, 'nothingToReset');
  assert.equal(fresh.pause, 'notTraining');
  const going = obstacles(after(configured, ready, { type: 'went', target: 0 }));
  assert.equal(going.pause, null);
  for (const verb of /** @type {const} */ (['train', 'step', 'prune', 'rewind', 'reinitialise', 'findTicket'])) assert.equal(going[verb], 'training');
  const trained = obstacles(after(configured, ready, roundOf(0, '7/ticket')));
  assert.equal(trained.prune, null);
  assert.equal(trained.train, 'pruneFirst');
  const pruned = after(configured, ready, roundOf(0, '7/ticket'), { type: 'summary', run: 1, key: '7/ticket', summary: summary({ phase: 'pruned', step: 50 }) });
  assert.equal(phaseOf(pruned), 'pruned');
  assert.equal(obstacles(pruned).rewind, null);
  assert.equal(obstacles(pruned).train, 'restartFirst');
  assert.equal(obstacles(initialState()).train, 'notReady');
  assert.equal(obstacles(after(configured, { type: 'data', data: { status: 'failed' } })).train, 'dataFailed');
});

test('progress counts steps of every line up to the target', () => {
  let state = after(configured, ready, { type: 'went', target: 2 });
  assert.deepEqual(progress(state), { done: 0, total: 250 });
  state = reduce(state, roundOf(0, '7/ticket'));
  assert.equal(progress(state).done, 50);
  state = reduce(state, { type: 'summary', run: 1, key: '7/ticket', summary: summary({ round: 1, step: 20 }) });
  assert.equal(progress(state).done, 70);
});

test('time left and speed come from what was measured, or are not known', () => {
  let state = after(configured, ready, { type: 'went', target: 2 });
  assert.equal(timeLeft(state, 2), null);
  assert.equal(speedUp(state.lines['7/ticket']), null);
  state = reduce(state, roundOf(0, '7/ticket', 1000));
  // Four rounds of 50 batches of 60 images at 1,000 images a second, on one worker.
  assert.equal(timeLeft(state, 1), 12_000);
  state = reduce(state, roundOf(1, '7/ticket', 3000));
  assert.equal(speedUp(state.lines['7/ticket']), 3);
  assert.deepEqual(Object.keys(state.lines['7/ticket'].together), ['0', '1']);
});

test('how much faster a ticket trains is told while it is so: not where arms share the machine and it is slower, nor after they did', () => {
  const facts = (/** @type {number} */ rate, /** @type {number} */ together, /** @type {boolean} */ going) => {
    const state = after(configured, ready, roundOf(0, '7/ticket', 1000), roundOf(1, '7/ticket', rate));
    state.lines['7/ticket'] = { ...state.lines['7/ticket'], together: { 0: 1, 1: together } };
    return progressBar({ state: { ...state, going }, words: wordsIn('en'), workers: 1 }).values.at(-1);
  };
  assert.match(String(facts(3000, 2, true)), /3\.0 × as fast as the dense network; 2 arms now share the machine/);
  assert.doesNotMatch(String(facts(400, 2, true)), /as fast/);
  assert.equal(facts(3000, 2, false), '');
  assert.match(String(facts(3000, 1, false)), /3\.0 × as fast as the dense network, on this machine/);
});

test('a curve belongs to its round', () => {
  const evaluation = (/** @type {number} */ round, /** @type {number} */ step) => /** @type {Message} */ ({
    type: 'events', run: 1, key: '7/ticket', rate: 1, stepRate: 1, summary: summary({ round, step }),
    events: [{ kind: 'evaluation', round, step, valLoss: 1, valAccuracy: 50, trainLoss: 1 }],
  });
  let state = after(configured, evaluation(0, 10), evaluation(0, 20));
  assert.deepEqual(state.lines['7/ticket'].curve.map(({ step }) => step), [10, 20]);
  state = reduce(state, evaluation(1, 10));
  assert.deepEqual(state.lines['7/ticket'].curve.map(({ step }) => step), [10]);
});
