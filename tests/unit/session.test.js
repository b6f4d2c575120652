// The session against real protocol, client, pool and host, with an engine that only counts.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { phaseOf } from '../../www/engine/plan.js';
import { Crew } from '../../www/engine/crew.js';
import { Pool } from '../../www/engine/pool.js';
import { publicState } from '../../www/engine/public-state.js';
import { Session } from '../../www/engine/session.js';
import { DataError } from '../../www/engine/unpack.js';
import { FakeEngine, FakeWorker, forgetFakes, supply } from './lib/fake-engine.js';

/** @type {Session[]} */
let open = [];

beforeEach(forgetFakes);

afterEach(() => {
  for (const session of open) session.dispose();
  open = [];
});

/** @param {{limit?: number, loadData?: () => Promise<any>}} [options] */
async function begin({ limit = 2, loadData = async () => supply() } = {}) {
  const pool = new Pool({ limit, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const session = new Session({ pool, loadData });
  open.push(session);
  await session.open('');
  return session;
}

/**
 * @param {Session} session
 * @param {(state: import('../../www/engine/state.js').State) => boolean} condition
 * @returns {Promise<void>}
 */
function until(session, condition) {
  if (condition(session.state)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`still ${phaseOf(session.state)}: ${JSON.stringify(publicState(session.state))}`)), 10_000);
    const end = session.subscribe((state) => {
      if (!condition(state)) return;
      clearTimeout(timer);
      end();
      resolve();
    });
  });
}

const phase = (/** @type {string} */ wanted) => (/** @type {any} */ state) => phaseOf(state) === wanted;
const rounds = (/** @type {Session} */ session, key = '7/ticket') => session.state.lines[key].results.map(({ round, remaining }) => [round, remaining]);

test('Find a ticket trains every round of the ticket, and the control on its masks', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(rounds(session), [[0, 100], [1, 50], [2, 25]]);
  assert.deepEqual(rounds(session, '7/reinit'), [[1, 50], [2, 25]]);
  const begun = FakeEngine.made.flatMap(({ log }) => log).filter((line) => line.startsWith('begin'));
  assert.deepEqual(begun.sort(), ['begin 7/reinit 1 with 50', 'begin 7/reinit 2 with 25']);
});

/** What was told of cuts and restarts. @param {Session} session */
function cutsOf(session) {
  /** @type {[string, any][]} */
  const told = [];
  session.watch((name, detail) => (name === 'prune' || name === 'rewind') && told.push([name, detail]));
  return told;
}

const CUTS = [
  ['prune', { round: 0, survivors: [50] }],
  ['rewind', { kind: 'rewind', round: 1 }],
  ['prune', { round: 1, survivors: [25] }],
  ['rewind', { kind: 'rewind', round: 2 }],
];

test('the whole loop tells of its cuts and restarts, of the first seed alone and by the name that the config has', async () => {
  const session = await begin({ limit: 1 });
  await session.configure({ restart: 'rewind' }, { seeds: 2 });
  const told = cutsOf(session);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(told, CUTS);
  await session.configure({ restart: 'sign' });
  told.splice(0);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(told.filter(([name]) => name === 'rewind').map(([, { kind }]) => kind), ['sign', 'sign']);
  await session.configure({ restart: 'rewind', schedule: 'continued' });
  told.splice(0);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(told.filter(([name]) => name === 'rewind').map(([, { kind }]) => kind), ['lr-rewind', 'rewind']);
});

test('by hand is the same as the whole loop', async () => {
  const session = await begin();
  const told = cutsOf(session);
  for (let round = 0; round <= 2; round += 1) {
    session.train();
    await until(session, phase(round === 2 ? 'finished' : 'trained'));
    assert.equal(session.state.lines['7/ticket'].round, round);
    if (round === 2) break;
    await session.prune();
    assert.equal(phaseOf(session.state), 'pruned');
    session.train();
    assert.equal(phaseOf(session.state), 'pruned', 'nothing trains before it is said what from');
    await session.rewind();
    assert.equal(phaseOf(session.state), 'ready');
  }
  assert.deepEqual(told, CUTS);
  assert.deepEqual(rounds(session), [[0, 100], [1, 50], [2, 25]]);
  assert.deepEqual(rounds(session, '7/reinit'), [[1, 50], [2, 25]]);
});

test('rewinding, re-initialising and resetting are three things', async () => {
  const session = await begin();
  session.train();
  await until(session, phase('trained'));
  await session.prune();
  await session.reinitialise();
  const engine = FakeEngine.made.find(({ arm }) => arm === 'ticket');
  assert.equal(engine?.kind, 'reinit');
  assert.equal(session.state.lines['7/ticket'].round, 1);
  session.reset();
  assert.equal(session.state.lines['7/ticket'].round, 0);
  assert.equal(session.state.lines['7/ticket'].results.length, 0);
});

test('Step takes one step of every arm that is in the round', async () => {
  const session = await begin();
  session.step();
  await until(session, (state) => !state.going && state.lines['7/ticket'].step > 0);
  assert.equal(session.state.lines['7/ticket'].step, 1);
  session.step();
  await until(session, (state) => !state.going && state.lines['7/ticket'].step > 1);
  assert.equal(session.state.lines['7/ticket'].step, 2);
});

test('a pause loses nothing, whatever is at work', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, (state) => (state.lines['7/reinit'].round === 1 && state.lines['7/reinit'].step > 0));
  session.pause();
  assert.equal(session.state.going, false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const step = session.state.lines['7/ticket'].step;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(session.state.lines['7/ticket'].step, step);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(rounds(session, '7/reinit'), [[1, 50], [2, 25]]);
  const begun = FakeEngine.made.flatMap(({ log }) => log).filter((line) => line === 'begin 7/reinit 1 with 50');
  assert.equal(begun.length, 1, 'the control goes on where it stood');
});

test('one worker is enough for any number of arms and seeds', async () => {
  const session = await begin({ limit: 1 });
  await session.configure({ arms: ['ticket', 'reinit', 'random', 'fine-tune'] }, { seeds: 3 });
  session.findTicket();
  await until(session, phase('finished'));
  assert.equal(FakeWorker.made.length, 1);
  for (const seed of [7, 8, 9]) {
    assert.deepEqual(rounds(session, `${seed}/ticket`), [[0, 100], [1, 50], [2, 25]]);
    assert.deepEqual(rounds(session, `${seed}/fine-tune`), [[0, 100], [1, 50], [2, 25]]);
    assert.deepEqual(rounds(session, `${seed}/random`), [[1, 50], [2, 25]]);
  }
});

test('what stands against the engine is said, whatever it is', async () => {
  const session = new Session({ pool: new Pool({ limit: 1, createWorker: () => { throw new Error('No workers here.'); } }), loadData: async () => supply() });
  /** @type {any[]} */
  const told = [];
  session.watch((name, detail) => told.push([name, detail.message]));
  await assert.rejects(session.open(''), /No workers here/);
  assert.equal(phaseOf(session.state), 'failed');
  assert.deepEqual(told, [['error', 'No workers here.']]);
});

test('never more workers than the pool allows', async () => {
  const session = await begin({ limit: 3 });
  await session.configure({ arms: ['ticket', 'reinit'] }, { seeds: 5 });
  session.findTicket();
  await until(session, phase('finished'));
  assert.ok(FakeWorker.made.length <= 3, `${FakeWorker.made.length} workers`);
  assert.equal(publicState(session.state).results.length, 5 * 5);
});

test('Reset answers at once though the worker does not, and a fresh one takes over', async () => {
  const session = await begin();
  session.train();
  await until(session, (state) => state.lines['7/ticket'].step > 0);
  for (const worker of FakeWorker.made) worker.deaf = true;
  session.reset();
  assert.equal(session.state.lines['7/ticket'].step, 0);
  assert.equal(session.state.going, false);
  session.train();
  await until(session, phase('trained'));
  assert.deepEqual(rounds(session), [[0, 100]]);
});

test('what an abandoned run still says is dropped', async () => {
  const session = await begin();
  session.train();
  await until(session, (state) => state.lines['7/ticket'].step > 0);
  session.reset();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(session.state.lines['7/ticket'].step, 0);
  assert.equal(session.state.lines['7/ticket'].phase, 'idle');
});

test('a worker that dies is reported, and training goes on from the last round', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, (state) => state.lines['7/ticket'].round === 1 && state.lines['7/ticket'].step > 0);
  const worker = FakeWorker.made.find(({ engines }) => engines[0].arm === 'ticket');
  worker?.fail('RuntimeError: unreachable');
  assert.equal(phaseOf(session.state), 'failed');
  assert.match(session.state.error ?? '', /worker failed/);
  assert.deepEqual(rounds(session), [[0, 100]], 'finished rounds stay');
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(rounds(session), [[0, 100], [1, 50], [2, 25]]);
  assert.deepEqual(rounds(session, '7/reinit'), [[1, 50], [2, 25]]);
});

test('a trap in the engine is a death, not a refusal', async () => {
  const session = await begin();
  FakeEngine.beforeAdvance = ({ done }) => {
    if (done > 10) throw new WebAssembly.RuntimeError('unreachable');
  };
  session.train();
  await until(session, phase('failed'));
  assert.match(session.state.error ?? '', /fault of its own/);
  FakeEngine.beforeAdvance = () => {};
  session.reset();
  session.train();
  await until(session, phase('trained'));
});

/** Trained to the end of the first round, with the engine that holds the ticket. */
async function trained() {
  const session = await begin();
  session.train();
  await until(session, phase('trained'));
  const engine = FakeEngine.made.find(({ arm }) => arm === 'ticket');
  assert.ok(engine);
  return { session, engine };
}

test('a worker that dies while it prunes is reported once, and nothing is told of a cut', async () => {
  const { session, engine } = await trained();
  const told = cutsOf(session);
  /** @type {string[]} */
  const errors = [];
  session.watch((name, detail) => name === 'error' && errors.push(detail.message));
  engine.prune = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  await session.prune();
  assert.equal(errors.length, 1, errors.join());
  assert.deepEqual(told, []);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(rounds(session), [[0, 100], [1, 50], [2, 25]]);
});

test('a cut or restart that fails is an error that stays, and is not told as done', async () => {
  const { session, engine } = await trained();
  await session.prune();
  const told = cutsOf(session);
  const fault = () => {
    throw new Error('Not now.');
  };
  Object.assign(engine, { pruneBy: fault, undoPrune: fault, restart: fault });
  for (const act of [() => session.pruneBy({ layer: 1, cut: 1 }), () => session.undoPrune(), () => session.rewind(), () => session.findTicket()]) {
    session.state.error = null;
    await act();
    assert.equal(session.state.error, 'Not now.', String(act));
    assert.equal(session.state.going, false, String(act));
  }
  assert.deepEqual(told, []);
});

test('a round that diverged is said of its run, and not of the one that was begun meanwhile', async () => {
  const session = await begin();
  const diverged = async () => {
    session.train();
    await until(session, (state) => state.lines['7/ticket'].step > 0);
    const worker = FakeWorker.made.find(({ engines }) => engines[0].arm === 'ticket');
    const { run } = session.state;
    const summary = { phase: 'training', round: 0, step: 2, remaining: 100, survivors: [100] };
    return () => worker?.onmessage?.({ data: { type: 'events', run, events: [{ kind: 'diverged', round: 0, step: 2 }], rate: 1, stepRate: 1, summary, stopped: 'diverged' } });
  };
  const late = await diverged();
  session.reset();
  late();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(session.state.error, null);
  (await diverged())();
  await until(session, phase('failed'));
  assert.match(session.state.error ?? '', /ticket diverged/);
});

test('a failed download says so, trains nothing, and may be tried again', async () => {
  let attempts = 0;
  const session = await begin({
    loadData: async () => {
      attempts += 1;
      if (attempts === 1) throw new DataError('train-00.images.gz was cut off while it was loading.');
      return supply();
    },
  });
  session.train();
  await until(session, phase('failed'));
  assert.match(publicState(session.state).error ?? '', /cut off/);
  assert.equal(FakeEngine.made.some(({ log }) => log.length > 0), false);
  session.retryData();
  await until(session, phase('trained'));
  assert.equal(publicState(session.state).error, null);
});

test('a run that is begun anew after a failed download tries it again', async () => {
  let attempts = 0;
  const session = await begin({
    loadData: async () => {
      attempts += 1;
      if (attempts === 1) throw new DataError('train-00.images.gz could not be loaded: the connection failed.');
      return supply();
    },
  });
  session.train();
  await until(session, phase('failed'));
  await session.open('');
  session.train();
  await until(session, phase('trained'));
});

test('a config that is refused changes nothing', async () => {
  const session = await begin();
  const { config } = session.state;
  await assert.rejects(session.configure({ seed: -1 }), /whole number/);
  assert.equal(session.state.config, config);
});

test('choices made at once are taken one after the other', async () => {
  const session = await begin();
  await Promise.all([session.configure({ steps: 40 }), session.configure({ rounds: 4 }), session.configure({ seed: 9 })]);
  const { steps, rounds: most, seed } = /** @type {any} */ (session.state.config);
  assert.deepEqual([steps, most, seed], [40, 4, 9]);
  // One that is refused does not hold up the next.
  await Promise.all([assert.rejects(session.configure({ seed: -1 })), session.configure({ seed: 3 })]);
  assert.equal(session.state.config?.seed, 3);
});

test('a field that stands against a change gives way, with a sentence', async () => {
  const session = await begin();
  await session.configure({ steps: 5 });
  assert.equal(session.state.config?.steps, 5);
  assert.equal(session.state.config?.eval_every, 5);
  assert.deepEqual(session.state.corrections, ['eval_every must be at most steps.']);
});

test('a change that is refused leaves what was computed', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, phase('finished'));
  await assert.rejects(session.configure({ nope: 1 }), /nope is not a setting/);
  assert.equal(phaseOf(session.state), 'finished');
});

test('more rounds or arms keep what was computed, another seed does not', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, phase('finished'));
  await session.configure({ rounds: 3, arms: ['ticket', 'reinit', 'random'] });
  assert.deepEqual(rounds(session), [[0, 100], [1, 50], [2, 25]]);
  session.findTicket();
  await until(session, phase('finished'));
  assert.deepEqual(rounds(session).at(-1), [3, 12.5]);
  assert.deepEqual(rounds(session, '7/random').map(([round]) => round), [1, 2, 3]);
  await session.configure({ seed: 8 });
  assert.deepEqual(rounds(session, '8/ticket'), []);
});

test('a finished round is answered from its ticket, the present one by the engine that trains it', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, phase('finished'));
  assert.equal(await session.ask({ seed: 7, arm: 'ticket', round: 0 }, 'weights', 0, 'trained'), '7/ticket/0');
  assert.equal(await session.ask({ seed: 7, arm: 'reinit', round: 2 }, 'weights', 0, 'trained'), '7/reinit/2');
  assert.equal(await session.ask({ seed: 7, arm: 'reinit', round: 0 }, 'weights', 0, 'trained'), null);
  await assert.rejects(session.ask({ seed: 7, arm: 'ticket', round: 0 }, 'constructor'), /no question/);
});

const ticketFile = (/** @type {string} */ text) => new TextEncoder().encode(text);

test('a ticket of the run at hand opens as what it is there, and takes nothing away', async () => {
  const session = await begin();
  await session.configure({}, { seeds: 2 });
  session.findTicket();
  await until(session, phase('finished'));
  const { run } = session.state;
  for (const [seed, arm, round] of /** @type {[number, string, number][]} */ ([[7, 'ticket', 1], [7, 'reinit', 2], [8, 'ticket', 0]])) {
    const selection = { seed, arm, round };
    assert.deepEqual(await session.openTicket(ticketFile(`${seed}/${arm}/${round}, the survivors only`)), selection);
    assert.deepEqual(session.state.selection, selection);
    assert.equal(await session.ask(selection, 'weights', 0, 'trained'), `${seed}/${arm}/${round}`);
  }
  assert.equal(await session.ask({ seed: 7, arm: 'ticket', round: 2 }, 'weights', 0, 'trained'), '7/ticket/2');
  assert.equal(session.state.run, run);
});

test('a ticket of another run never stands among the rounds of the one at hand', async () => {
  const session = await begin();
  session.train();
  await until(session, phase('trained'));
  const ticket = (/** @type {number} */ round) => session.ask({ seed: 7, arm: 'ticket', round }, 'weights', 0, 'trained');
  await session.openTicket(ticketFile('7/by hand/2'));
  assert.deepEqual([await ticket(0), await ticket(2)], ['7/ticket/0', '7/by hand/2'], 'beside it, while there is none of its own');
  await session.openTicket(ticketFile('7/by hand/0'));
  assert.deepEqual([await ticket(0), await ticket(2)], ['7/by hand/0', null]);
  assert.deepEqual(rounds(session), []);
  assert.equal((await session.openTicket(ticketFile('9/ticket/1'))).seed, 9);
  assert.equal(session.state.config?.seed, 9);
});

test('questions about several rounds at once are not answered from each other’s ticket', async () => {
  const pool = new Pool({ limit: 1, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const session = new Session({ pool, loadData: async () => supply() });
  open.push(session);
  await session.open('');
  session.findTicket();
  await until(session, phase('finished'));
  const asked = [0, 1, 2, 0, 1].map((round) => session.ask({ seed: 7, arm: 'ticket', round }, 'weights', 0, 'trained'));
  assert.deepEqual(await Promise.all(asked), ['7/ticket/0', '7/ticket/1', '7/ticket/2', '7/ticket/0', '7/ticket/1']);
});

test('two sessions share the workers', async () => {
  const pool = new Pool({ limit: 1, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const sessions = [0, 1].map(() => new Session({ pool, loadData: async () => supply() }));
  open.push(...sessions);
  await sessions[0].open('');
  sessions[0].train();
  await until(sessions[0], phase('trained'));
  await sessions[1].open('');
  sessions[1].train();
  await until(sessions[1], phase('trained'));
  sessions[0].findTicket();
  await until(sessions[0], phase('finished'));
  assert.deepEqual(rounds(sessions[0]), [[0, 100], [1, 50], [2, 25]]);
  assert.equal(FakeWorker.made.length, 1);
});

test('a worker that was given back twice is not taken from whoever has it now', async () => {
  const pool = new Pool({ limit: 1, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const [first, second] = [0, 1].map(() => new Crew({ pool, onDeath() {}, onWanted() {} }));
  const member = await first.hire();
  assert.ok(member);
  first.release([member]);
  const other = await second.hire();
  assert.ok(other && other.client === member.client);
  const hear = () => {};
  other.client.onEvents = hear;
  first.release([member]);
  assert.equal(other.client.onEvents, hear, 'the second still has it');
  assert.equal(pool.anyone(), other.client);
  assert.equal(pool.size, 1);
  second.dispose();
});

test('a session knows its config though another trains on every worker', async () => {
  const pool = new Pool({ limit: 1, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const sessions = [0, 1].map(() => new Session({ pool, loadData: async () => supply() }));
  open.push(...sessions);
  await sessions[0].open('');
  FakeEngine.beforeAdvance = (engine) => {
    engine.done = Math.min(engine.done, 3);
  };
  sessions[0].train();
  await until(sessions[0], (state) => state.lines['7/ticket'].step > 0);
  await sessions[1].open('');
  assert.equal(sessions[1].state.config?.seed, 7);
  assert.equal(sessions[0].state.going, true);
});

test('the public state is plain JSON', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, phase('finished'));
  const state = publicState(session.state);
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
  assert.equal(state.arms.ticket.fingerprint, '7/ticket/2');
  assert.equal(state.remaining, 25);
});

test('a run that was kept goes on where it stood, in another session', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, (state) => state.lines['7/ticket'].round === 1 && state.lines['7/ticket'].step > 5);
  const snapshot = structuredClone(await session.snapshot());
  session.dispose();
  FakeEngine.made = [];
  const later = await begin();
  assert.equal(later.restore(snapshot), true);
  assert.deepEqual(rounds(later), [[0, 100]]);
  const { step } = later.state.lines['7/ticket'];
  assert.ok(step > 0);
  assert.equal(later.canShow({ seed: 7, arm: 'ticket', round: 0 }), true);
  later.findTicket();
  await until(later, phase('finished'));
  assert.deepEqual(rounds(later), [[0, 100], [1, 50], [2, 25]]);
  assert.deepEqual(rounds(later, '7/reinit'), [[1, 50], [2, 25]]);
  const log = FakeEngine.made.flatMap((engine) => engine.log);
  assert.ok(log.includes(`resume 7/ticket at 1:${step}`), log.join());
  assert.equal(log.includes('start 7/ticket'), false, log.join());
});

test('a run that was kept while it went can go on by itself; one that was paused stays so', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, (state) => state.lines['7/ticket'].step > 5);
  const going = structuredClone(await session.snapshot());
  session.pause();
  const paused = structuredClone(await session.snapshot());
  session.dispose();
  const later = await begin();
  later.restore(paused, true);
  assert.equal(later.state.going, false);
  await later.open('');
  // A result whose network was not set aside any more.
  going.lines['7/ticket'].results.push(/** @type {any} */ ({ seed: 7, arm: 'ticket', round: 9 }));
  later.restore(going, true);
  assert.equal(later.state.going, true);
  await until(later, phase('finished'));
  assert.deepEqual(rounds(later), [[0, 100], [1, 50], [2, 25]]);
});

test('what was kept of another config is not taken', async () => {
  const session = await begin();
  const snapshot = await session.snapshot();
  await session.configure({ seed: 9 });
  assert.equal(session.restore(snapshot), false);
});

test('a session that is disposed of begins nothing any more', async () => {
  const session = await begin();
  session.findTicket();
  await until(session, (state) => state.lines['7/ticket'].step > 0);
  session.dispose();
  const { length } = FakeWorker.made;
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(FakeWorker.made.length, length);
  assert.ok(FakeWorker.made.every(({ terminated }) => terminated));
});
