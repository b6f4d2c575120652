// The address bar and the session: who is obeyed when both speak at once.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { AddressBinding } from '../../www/lab/address-binding.js';

/** @type {Map<string, () => void>} */
const listeners = new Map();
/** @type {string[]} */
let opened = [];

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const browser = /** @type {any} */ (globalThis);

beforeEach(() => {
  listeners.clear();
  opened = [];
  browser.addEventListener = (/** @type {string} */ name, /** @type {() => void} */ act) => listeners.set(name, act);
  browser.location = { hash: '#seed=1' };
  browser.history = { pushState: (/** @type {any} */ _, /** @type {any} */ __, /** @type {string} */ hash) => (browser.location.hash = hash) };
});

const configOf = (/** @type {string} */ address) => ({ seed: Number(address.slice(5)), arms: ['ticket', 'reinit'], rounds: 5 });

/** The figure that is looked into. @type {any} */
const board = { look: 'weights', show: (/** @type {string} */ look) => (board.look = look) };

/** A session whose engine takes `slowly` milliseconds for each answer. @param {{slowly: number}} pace */
function sessionAt(pace) {
  const session = {
    state: { config: /** @type {any} */ (null), seeds: 1, selection: /** @type {any} */ (null), corrections: /** @type {string[]} */ ([]) },
    engine: async (/** @type {string} */ name, /** @type {any} */ given) => {
      await pause(pace.slowly);
      return name === 'config_to_address' ? `seed=${given.seed}` : { config: configOf(given), corrections: [] };
    },
    open: async (/** @type {string} */ address) => {
      await pause(pace.slowly);
      opened.push(address);
      session.state.config = configOf(address);
    },
    select: (/** @type {any} */ selection, /** @type {string[]} */ corrections) => Object.assign(session.state, { selection, corrections }),
  };
  return session;
}

/** A step through the history, as browsers tell it. @param {string} hash */
function step(hash) {
  browser.location.hash = hash;
  listeners.get('popstate')?.();
  listeners.get('hashchange')?.();
}

test('a step through the history is obeyed once', async () => {
  const session = sessionAt({ slowly: 1 });
  await new AddressBinding(/** @type {any} */ (session), board, async () => {}).begin();
  step('#seed=2');
  await pause(50);
  assert.deepEqual(opened, ['seed=1', 'seed=2']);
});

test('Back and at once Forward lead forward, however slow the engine is', async () => {
  const pace = { slowly: 1 };
  const session = sessionAt(pace);
  await new AddressBinding(/** @type {any} */ (session), board, async () => {}).begin();
  pace.slowly = 20;
  step('#seed=2');
  await pause(5);
  pace.slowly = 2;
  step('#seed=3');
  await pause(150);
  assert.equal(session.state.config.seed, 3);
  assert.equal(opened.at(-1), 'seed=3');
});

test('what the reader chooses meanwhile is not undone by the address', async () => {
  const pace = { slowly: 1 };
  const session = sessionAt(pace);
  const binding = new AddressBinding(/** @type {any} */ (session), board, async () => {});
  await binding.begin();
  pace.slowly = 20;
  step('#seed=2');
  pace.slowly = 1;
  session.state.config = { seed: 7 };
  await binding.write({ push: true });
  await pause(150);
  assert.equal(session.state.config.seed, 7);
  assert.equal(browser.location.hash, '#seed=7');
});

test('what is looked at comes from the address and goes into it', async () => {
  const session = sessionAt({ slowly: 1 });
  const binding = new AddressBinding(/** @type {any} */ (session), board, async () => {});
  await binding.begin();
  step('#seed=1&round=2&arm=reinit&figure=units');
  await pause(50);
  assert.deepEqual(session.state.selection, { seed: 1, arm: 'reinit', round: 2 });
  assert.equal(board.look, 'units');
  assert.equal(await binding.link(), '#seed=1&round=2&arm=reinit&figure=units');
  session.state.selection = { seed: 3, arm: 'ticket', round: 2 };
  assert.equal(await binding.link(), '#seed=1&round=2&at_seed=3&figure=units');
  step('#seed=1');
  await pause(50);
  assert.deepEqual([session.state.selection, board.look], [null, 'weights']);
  assert.deepEqual(opened, ['seed=1'], 'another look begins nothing anew');
});

test('an arm or a round that is not there is corrected with a sentence, and the run stays', async () => {
  const session = sessionAt({ slowly: 1 });
  await new AddressBinding(/** @type {any} */ (session), board, async () => {}).begin();
  step('#seed=1&round=99&arm=random');
  await pause(50);
  assert.deepEqual(session.state.selection, { seed: 1, arm: 'ticket', round: 5 });
  assert.deepEqual(session.state.corrections, [
    'arm must be one of ticket, reinit, but got "random". It is left out.',
    'round must be a whole number from 0 to 5, but got "99". Using 5.',
  ]);
  assert.deepEqual(opened, ['seed=1']);
});
