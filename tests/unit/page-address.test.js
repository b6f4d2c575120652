// The page's own part of the address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, writeAddress } from '../../www/engine/page-address.js';

const config = /** @type {any} */ ({ seed: 7, rounds: 5, arms: ['ticket', 'reinit'] });
const nothing = { seeds: 1, round: null, arm: null, atSeed: null, figure: null };

test("the page takes its own fields and leaves the engine's alone", () => {
  const { engine, page, anchor, corrections } = readAddress('#seed=7&at_seed=9&seeds=3&rounds=5&round=2&arm=reinit&nonsense=1&figure=units', config, ['weights', 'units']);
  assert.equal(engine, 'seed=7&rounds=5&nonsense=1');
  assert.deepEqual(page, { seeds: 3, round: 2, arm: 'reinit', atSeed: 9, figure: 'units' });
  assert.equal(anchor, null);
  assert.deepEqual(corrections, []);
});

test('an anchor says nothing about a run', () => {
  assert.equal(readAddress('#limits').anchor, 'limits');
  assert.equal(readAddress('').anchor, null);
});

test('what cannot be is moved to the nearest that can, with a sentence each', () => {
  const { page, corrections } = readAddress('#seeds=1000&round=-3&arm=<script>&at_seed=6&figure=photo', config, ['weights', 'units']);
  assert.deepEqual(page, { seeds: 20, round: 0, arm: null, atSeed: 7, figure: null });
  assert.deepEqual(corrections, [
    'seeds must be a whole number from 1 to 20, but got "1000". Using 20.',
    'arm must be one of ticket, reinit, but got "<script>". It is left out.',
    'round must be a whole number from 0 to 5, but got "-3". Using 0.',
    'at_seed must be a whole number from 7 to 26, but got "6". Using 7.',
    'figure must be one of weights, units, but got "photo". It is left out.',
  ]);
  assert.match(readAddress('#round=0&arm=reinit', config).corrections[0], /round must be a whole number from 1 to 5/);
  assert.match(readAddress('#seeds=many').corrections[0], /It is left out/);
  assert.match(readAddress('#round=1.5').corrections[0], /whole number/);
});

test('what was written is read back', () => {
  for (const some of [{}, { seeds: 5, round: 3 }, { round: 1, arm: 'reinit' }, { seeds: 2, round: 1, atSeed: 8 }, { figure: 'units' }]) {
    const page = { ...nothing, ...some };
    const read = readAddress(writeAddress('preset=lesson&seed=7', page), config, ['weights', 'units']);
    assert.deepEqual(read, { engine: 'preset=lesson&seed=7', page, anchor: null, corrections: [] });
  }
});
