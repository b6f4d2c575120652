// The page's own part of the address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, writeAddress } from '../../www/engine/page-address.js';

test("the page takes its own fields and leaves the engine's alone", () => {
  const { engine, page, anchor, corrections } = readAddress('#seed=7&seeds=3&rounds=5&round=2&arm=reinit&nonsense=1');
  assert.equal(engine, 'seed=7&rounds=5&nonsense=1');
  assert.deepEqual(page, { seeds: 3, round: 2, arm: 'reinit' });
  assert.equal(anchor, null);
  assert.deepEqual(corrections, []);
});

test('an anchor says nothing about a run', () => {
  assert.equal(readAddress('#limits').anchor, 'limits');
  assert.equal(readAddress('').anchor, null);
});

test('what cannot be is moved to the nearest that can, with a sentence each', () => {
  const { page, corrections } = readAddress('#seeds=1000&round=-3&arm=<script>');
  assert.deepEqual(page, { seeds: 20, round: 0, arm: null });
  assert.match(corrections[0], /seeds must be a whole number from 1 to 20, but got "1000"\. Using 20\./);
  assert.match(corrections[1], /round .* Using 0\./);
  assert.match(corrections[2], /arm must be the name/);
  assert.match(readAddress('#seeds=many').corrections[0], /It is left out/);
  assert.match(readAddress('#round=1.5').corrections[0], /whole number/);
});

test('what was written is read back', () => {
  for (const page of [{ seeds: 1, round: null, arm: null }, { seeds: 5, round: 3, arm: null }, { seeds: 1, round: 0, arm: 'reinit' }]) {
    const read = readAddress(writeAddress('preset=lesson&seed=7', page));
    assert.deepEqual(read, { engine: 'preset=lesson&seed=7', page, anchor: null, corrections: [] });
  }
});
