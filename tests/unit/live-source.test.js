// What the figures are given of a run in the page, with an engine that answers by what it was shown.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { LiveSource } from '../../www/engine/live-source.js';
import { phaseOf } from '../../www/engine/plan.js';
import { Pool } from '../../www/engine/pool.js';
import { Session } from '../../www/engine/session.js';
import { FakeWorker, forgetFakes, lessonLike, supply } from './lib/fake-engine.js';

/** @type {{session: Session, source: LiveSource}[]} */
let open = [];

beforeEach(forgetFakes);

afterEach(() => {
  for (const { session, source } of open) {
    source.dispose();
    session.dispose();
  }
  open = [];
});

async function begin() {
  const pool = new Pool({ limit: 2, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const session = new Session({ pool, loadData: async () => supply() });
  await session.open('');
  await session.configure({ sizes: [2, 2, 1], score: 'magnitude' });
  const source = new LiveSource(session);
  open.push({ session, source });
  return { session, source };
}

/** @param {Session} session @param {string} phase @returns {Promise<void>} */
const until = (session, phase) =>
  new Promise((resolve) => {
    const look = () => phaseOf(session.state) === phase && (end(), resolve());
    const end = session.subscribe(look);
    look();
  });

const LOOKED_AT = ['weights', 'scatter', 'movement', 'units', 'pixels', 'digit'];
const pixels = new Uint8Array(4);

/** Each figure's data of a round as the laboratory asks for it. @param {LiveSource} source @param {number} round @param {string} [arm] */
async function lookedAt(source, round, arm = 'ticket') {
  /** @type {Record<string, any>} */
  const data = {};
  for (const name of ['connections', ...LOOKED_AT]) data[name] = await source.figure(name, { round, arm, seed: 7, pixels, chosen: true });
  return data;
}

test('between a pruning and the restart every figure shows what is left, and the whole network after it is taken back', async () => {
  const { session, source } = await begin();
  session.train();
  await until(session, 'trained');
  const check = async (/** @type {string} */ seen, /** @type {number} */ round, /** @type {number} */ remaining, /** @type {boolean} */ canUndo) => {
    const { connections, weights, units, pixels: fan, digit } = await lookedAt(source, 0);
    assert.equal(connections.round, round, 'those that survived so many rounds are drawn');
    assert.equal(connections.weights[0], '7/ticket/0', 'with the weights that training gave them');
    assert.deepEqual([weights.layers[0].seen, weights.canCut, weights.canUndo], [canUndo ? seen : 'live 0 trained', true, canUndo]);
    assert.deepEqual([units.layers[0].dead, units.round], [seen, round]);
    assert.deepEqual(fan.fanOut, [seen]);
    assert.deepEqual(digit.answers[0], { arm: 'dense', probabilities: `${seen} current`, remaining });
    assert.equal(digit.path.total, seen);
  };
  await check('7/ticket/0', 0, 100, false);
  await session.prune();
  await check('7/ticket/0 through 1: 50', 1, 50, true);
  // Another cut by hand: the masks of the same round are others now.
  await session.pruneBy({ layer: 1, cut: 20 });
  await check('7/ticket/0 through 1: 30', 1, 30, true);
  await session.undoPrune();
  await check('7/ticket/0', 0, 100, false);
  assert.equal(session.state.masks[7], 0, 'no control begins on masks that were taken back');
  await session.prune();
  await session.rewind();
  assert.equal((await source.figure('connections', { round: 1, seed: 7 })).weights[0], 'live 1');
});

test('the lesson tells the last ticket apart in the dense network, the laboratory what a round’s own pruning keeps', async () => {
  const { session, source } = await begin();
  assert.equal(lessonLike.rounds, 2);
  session.train();
  await until(session, 'trained');
  assert.equal(await source.figure('movement', { round: 0 }), null, 'the last ticket is not known yet');
  const rule = (await lookedAt(source, 0)).movement;
  assert.deepEqual([rule.layers[0].seen, rule.until], ['live 0 trained', 1], 'as the rule will');
  void session.findTicket();
  await until(session, 'finished');

  const moved = await source.figure('movement', { round: 0 });
  const born = await source.figure('scatter', { round: 0 });
  assert.deepEqual([moved.layers[0].seen, moved.until, born.until], ['7/ticket/0 through 2: 25', 2, 2]);
  assert.equal(born.layers[0].total, 6, 'survivors and pruned');
  const chosen = await lookedAt(source, 1);
  for (const { layers, until } of [chosen.movement, { ...chosen.weights, until: 2 }]) assert.deepEqual([layers[0].seen, until], ['7/ticket/1 through 2: 25', 2]);
  assert.equal((await lookedAt(source, 0)).movement.until, 1);
});

test('a round that is never pruned is looked at whole', async () => {
  const { session, source } = await begin();
  await session.findTicket();
  await until(session, 'finished');
  for (const [arm, round] of /** @type {[string, number][]} */ ([['ticket', 2], ['reinit', 1], ['reinit', 2]])) {
    const { movement, weights } = await lookedAt(source, round, arm);
    assert.equal(movement.layers[0].seen, `7/${arm}/${round}`);
    assert.deepEqual([weights.layers[0].seen, weights.canCut], [`7/${arm}/${round}`, false]);
  }
});

test('a path is that of the network that is looked at, and says so', async () => {
  const { session, source } = await begin();
  await session.findTicket();
  await until(session, 'finished');
  for (const arm of ['ticket', 'reinit']) {
    const { path } = await source.figure('digit', { round: 2, arm, seed: 7, pixels });
    assert.deepEqual([path.arm, path.total], [arm, `7/${arm}/2`]);
  }
  assert.equal((await source.figure('digit', { round: 0, arm: 'reinit', seed: 7, pixels })).path.arm, 'dense');
});
