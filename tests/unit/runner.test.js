// The lesson's run with an engine that only counts: which seed it takes, and what is said of one that fails.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { makeRunner } from '../../www/lesson/runner.js';
import { FakeWorker } from './lib/fake-engine.js';
import { dataSet, server } from './lib/small-data.js';

/** @typedef {import('../../www/lesson/lt-run.js').Progress} Progress */

const set = dataSet();
const { fetch } = server(set);
/** What the workers were asked for that need no run. @type {any[]} */
let asked = [];

class Worker extends FakeWorker {
  /** @param {any} message */
  postMessage(message) {
    if (message.type === 'function') asked.push([message.name, ...message.args]);
    super.postMessage(message);
  }
}

// No test waits until the page's pool gives up the workers that nobody holds.
const { setTimeout: wait } = globalThis;
Object.assign(globalThis, { setTimeout: (/** @type {[() => void, number]} */ ...args) => (args[1] < 10_000 ? wait(...args) : wait(...args).unref()) });

// Younger versions of Node have one of their own.
Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency: 2 }, configurable: true });

beforeEach(() => {
  asked = [];
  Object.assign(globalThis, {
    Worker, fetch, requestAnimationFrame: setImmediate, document: { baseURI: 'http://host/', documentElement: { lang: 'en' } },
  });
});

function begin() {
  /** @type {(Progress | null)[]} */
  const said = [];
  const runner = makeRunner({ onProgress: (progress) => said.push(progress), onSource: () => {} });
  /** @param {Progress['phase']} phase */
  const until = async (phase) => {
    while (said.at(-1)?.phase !== phase) await new Promise((resolve) => setTimeout(resolve, 5));
    return said.at(-1);
  };
  /** @param {Progress['phase']} phase */
  const run = async (phase) => {
    said.splice(0);
    asked = [];
    await runner.start();
    const last = await until(phase);
    return { ...last, seed: asked.flatMap(([name, address]) => (name === 'config_from_address' ? /seed=(\d+)/.exec(address)?.[1] : [])).join() };
  };
  return { runner, said, run };
}

test('a failure that comes after Stop is not shown', { timeout: 10_000 }, async () => {
  Object.assign(globalThis, { Worker: class { constructor() { throw new Error('No workers here.'); } } });
  const { runner, said, run } = begin();
  const started = runner.start();
  runner.stop();
  await started;
  assert.equal(said.at(-1), null);
  assert.equal((await run('failed')).message, 'No workers here.');
});

test('the recorded seed is run until a run of it has ended, then another', { timeout: 10_000 }, async () => {
  const { runner, run } = begin();
  const { manifest } = set;
  Object.assign(set, { manifest: {} });
  const { seed, message } = await run('failed');
  assert.equal(seed, '0');
  assert.match(message ?? '', /list of data files is damaged/);
  Object.assign(set, { manifest });
  assert.equal((await run('running')).seed, '0', 'after one that failed');
  runner.stop();
  assert.equal((await run('finished')).seed, '0', 'after one that was stopped');
  assert.equal((await run('finished')).seed, '5');
});

test('started again before the engine is there, it trains in one session', { timeout: 10_000 }, async () => {
  const { runner } = begin();
  const begun = () => FakeWorker.made.flatMap(({ engines }) => engines).flatMap(({ log }) => log.filter((line) => line.startsWith('begin'))).length;
  const before = begun();
  const started = runner.start();
  runner.stop();
  await Promise.all([started, runner.start()]);
  runner.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(begun(), before, 'nothing trains on after Stop');
});
