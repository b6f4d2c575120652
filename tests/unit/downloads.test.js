// Results as files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv, toJson } from '../../www/lab/downloads.js';

const results = [
  { seed: 7, arm: 'ticket', round: 0, remaining: 100, survivors: [6, 2], earlyStopStep: 40, testAccuracyEarlyStop: 97.5, fingerprint: '0123456789abcdef' },
  { seed: 7, arm: 'a "name", with commas', round: 1, remaining: 50 },
];

test('CSV has the names of the command line, a row a result, and quotes what needs it', () => {
  const [head, first, second, end] = toCsv(results).split('\r\n');
  assert.match(head, /^seed,arm,round,remaining,survivors,early_stop_step,test_accuracy_early_stop,fingerprint$/);
  assert.match(first, /^7,ticket,0,100,6 2,40,97\.5,/);
  assert.match(second, /^7,"a ""name"", with commas",1,50,/);
  assert.equal(first.split(',').length, head.split(',').length);
  assert.equal(end, '');
});

test('JSON says what made the numbers', () => {
  const { config, seeds, results: rows } = JSON.parse(toJson({ seed: 7 }, [7], results));
  assert.deepEqual(config, { seed: 7 });
  assert.deepEqual(seeds, [7]);
  assert.equal(rows[0].early_stop_step, 40);
});
