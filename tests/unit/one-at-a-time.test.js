import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from '../../www/lab/one-at-a-time.js';

test('what is asked for while work is under way is done once more, never twice at once', async () => {
  /** @type {(() => void)[]} */
  const ends = [];
  let most = 0;
  let under = 0;
  const start = oneAtATime(async () => {
    most = Math.max(most, ++under);
    await new Promise((/** @type {(value?: any) => void} */ resolve) => ends.push(resolve));
    under -= 1;
  });
  const rest = () => new Promise((resolve) => setImmediate(resolve));
  for (let n = 0; n < 3; n += 1) void start();
  ends[0]();
  await rest();
  assert.equal(ends.length, 2, 'three calls are two pieces of work');
  ends[1]();
  await rest();
  assert.deepEqual([ends.length, most], [2, 1]);
  void start();
  assert.equal(ends.length, 3);
});

test('work that fails does not end all work', async () => {
  let tried = 0;
  const start = oneAtATime(async () => {
    tried += 1;
    throw new Error('no');
  });
  await assert.rejects(start(), /no/);
  await assert.rejects(start(), /no/);
  assert.equal(tried, 2);
});
