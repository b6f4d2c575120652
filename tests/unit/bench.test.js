// The arithmetic of `npm run bench`: what a wrong sign here would make of the table, no measurement would show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../../bench/lib/options.mjs';
import { median, spread } from '../../bench/lib/statistics.mjs';
import { roofline, summarise } from '../../bench/lib/summary.mjs';

test('a median ignores one wild value, and the spread is half the middle half', () => {
  assert.equal(median([3, 1, 1000, 2, 2]), 2);
  assert.equal(median([1, 2, 3, 4]), 2.5);
  assert.equal(spread([8, 9, 10, 11, 12]), 10);
});

test('the roofline is the time of what a step needs at the rates of the probes', () => {
  // 600 multiply-adds at 1000 a second and 40 updates at 100 a second: one second for a batch of 60.
  const work = { stepMultiplyAdds: 600, stepUpdates: 40, imageMultiplyAdds: 20 };
  assert.deepEqual(roofline(work, 1000, 100), { dense: 60, evaluate: 50 });
});

test('the summary has every key, ratios the right way up, and null for what was not measured', () => {
  const rates = new Map(
    Object.entries({ dense: [60, 30, 30], two: [25], '21.1': [60], '3.6': [300], evaluate: [40], 'jax-js': [10], multiplyAdds: [1000], adamUpdates: [100] }),
  );
  const work = { stepMultiplyAdds: 600, stepUpdates: 40, imageMultiplyAdds: 20 };
  assert.deepEqual(summarise(rates, work, 50_000), {
    engine: { dense: 30, remaining: { '21.1': 60, '3.6': 300, '1.2': null }, evaluate: 40 },
    roofline: { share: 0.5 },
    peers: { 'jax-js': 10, 'tfjs-wasm': null, convnetjs: null },
    native: { pytorch: null, jax: null },
    ratio: {
      'dense/jax-js': 3,
      'dense/tfjs-wasm': null,
      'dense/pytorch': null,
      'dense/jax': null,
      '21.1/dense': 2,
      '3.6/dense': 10,
      '1.2/dense': null,
      two_workers: 1.2,
      evaluate_over_roofline: 1.25,
    },
    wasm_gzip_bytes: 50_000,
  });
});

test('options that make no sense are refused in a sentence', () => {
  assert.equal(readOptions(['--rounds', '3', '--only', 'engine']).peers, false);
  assert.throws(() => readOptions(['--native']), /--python/);
  assert.throws(() => readOptions(['--rounds', '0']), /1 to 1000.*"0"/);
  assert.throws(() => readOptions(['--only', 'gpu']), /"gpu"/);
  assert.throws(() => readOptions(['--fast']), /--rounds N/);
});
