// The lesson without a browser: what it says, where its numbers come from, what it unpacks.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { deadPixels, factsOf, line, sameSign } from '../../www/lesson/facts.js';
import { dataFor } from '../../www/lesson/feeds.js';
import { RecordedSource, rows, unpack } from '../../www/lesson/recorded.js';
import { SOURCES } from '../../www/lesson/sources.js';
import { steps } from '../../www/lesson/steps.js';
import { fill } from '../../www/lesson/words.js';
import de from '../../www/strings/lesson.de.js';
import en from '../../www/strings/lesson.en.js';
import fr from '../../www/strings/lesson.fr.js';

const read = (/** @type {string} */ path) => readFile(new URL(`../../${path}`, import.meta.url));
const recordedFile = await read('www/public/recorded/lesson.json');
const recording = JSON.parse(recordedFile.toString());

test('a ticket worked by hand unpacks to the weights that the command line packed', () => {
  // The same numbers as in the test of src/bin/lottery/record/pack.rs.
  const packed = { from: 2, gaps: '$#[$', ages: '/', signs: 'C', start: '3(', trained: '/#', startScale: [1], trainedScale: [2] };
  const { age, trained, start } = unpack(packed, [61, 1], 3);
  const ages = Array.from({ length: 61 }, () => 0);
  [ages[1], ages[2], ages[60]] = [2, 3, 3];
  assert.deepEqual([...age], ages);
  assert.ok(trained[0][1] < 0, 'the sign of a weight that was pruned later');
  assert.equal(trained[0][2], 1);
  assert.equal(trained[0][60], -2);
  assert.equal(start[0][2], 1);
  assert.ok(Math.abs(start[0][60] + 3 / 8) < 1e-6);
  assert.throws(() => unpack(packed, [60, 1], 3), /does not fit/);
});

test('results come back one an arm, round and seed', () => {
  const column = { arm: 'ticket', round: 1, remaining: 50, survivors: [3, 2], testAccuracyEarlyStop: [90, 91], censored: [0, 1], fingerprint: ['ab'] };
  const shares = rows([{ arm: 'ticket', round: 0, remaining: 100, survivors: [4, 3] }, { ...column, remaining: 71.4 }], [4]).map(({ remaining }) => remaining);
  assert.deepEqual(shares, [100, 500 / 7], 'from the counts, not from a rounded share');
  assert.deepEqual(rows([column], [4, 5]), [
    { seed: 4, arm: 'ticket', round: 1, remaining: 50, survivors: [3, 2], testAccuracyEarlyStop: 90, censored: false, fingerprint: 'ab' },
    { seed: 5, arm: 'ticket', round: 1, remaining: 50, survivors: [3, 2], testAccuracyEarlyStop: 91, censored: true },
  ]);
});

test('facts compare arms on the same seeds', () => {
  const result = (/** @type {any} */ seed, /** @type {any} */ arm, /** @type {any} */ round, /** @type {any} */ accuracy) => ({
    seed, arm, round, remaining: round ? 10 : 100, survivors: [20, 5], testAccuracyEarlyStop: accuracy,
  });
  const results = [
    result(0, 'ticket', 0, 90), result(1, 'ticket', 0, 92),
    result(0, 'ticket', 1, 91), result(1, 'ticket', 1, 93),
    result(1, 'reinit', 1, 94), result(0, 'reinit', 1, 88),
  ];
  const config = { sizes: [10, 5, 2], rounds: 1, steps: 10, batch: 5, examples: 50, validation: 10, rate: 0.5 };
  const facts = factsOf(results, config, 'en', null);
  assert.equal(facts.dense.value, 91);
  assert.equal(facts.ticket.text, '92.0%');
  const close = factsOf([result(0, 'ticket', 0, 94.44), result(0, 'ticket', 1, 92.77)], config, 'en', null);
  assert.deepEqual([close.dense, close.ticket, close.lossLast].map(({ text }) => text), ['94.4%', '92.8%', '1.6'], 'as one reckons from what is shown');
  assert.equal(facts.gap.text, '1.0');
  assert.equal(facts.gapMin.text, '−1.0');
  assert.equal(facts.wins.text, '1');
  assert.equal(facts.total.text, '60');
  assert.deepEqual(line(results, 'reinit').map(({ accuracy }) => accuracy), [91, 91]);
  assert.equal(factsOf([], config, 'en', null).ticket, undefined, 'nothing is claimed before it is known');
  assert.equal(deadPixels([0, 3, 0], 'en').value, 2);
  assert.equal(sameSign([Float32Array.of(1, -1, -3, 2)], [Float32Array.of(3, 1, 0, 1)]), 200 / 3, 'what is pruned does not count');
});

/** @param {any} value @param {string} path @param {string[]} found */
function keys(value, path, found) {
  if (typeof value === 'string') found.push(path);
  else for (const [name, inner] of Object.entries(value)) keys(inner, path ? `${path}.${name}` : name, found);
  return found;
}

test('every language says all that English says, with the same numbers, sources and formulas', () => {
  for (const [name, table] of Object.entries({ de, fr })) {
    const { page, ...own } = table;
    assert.ok(page, `${name} has the page's prose`);
    assert.deepEqual(keys(own, '', []).sort(), keys(en, '', []).sort(), name);
    for (const path of keys(en, '', [])) {
      const at = (/** @type {any} */ words) => path.split('.').reduce((inner, key) => inner[key], words);
      const marks = (/** @type {string} */ text) => (text.match(/\{\w+\}|\[\w+\]|<math/g) ?? []).sort();
      assert.deepEqual(marks(at(own)), marks(at(en)), `${name}: ${path}`);
    }
  }
});

test('of a single seed nothing is said on average', () => {
  const facts = { control: { text: '89.0%' }, gap: { text: '3.1' }, wins: { text: '1' }, deadPixels: { text: '300' }, deadUnits: { text: '30' } };
  const say = (/** @type {string} */ text, /** @type {string} */ seeds) => fill(text, { ...facts, seeds: { text: seeds } });
  assert.match(say(en.control.after, '1'), /^<p>89\.0%: 3\.1 points below the ticket\. So/);
  assert.match(say(en.control.after, '10'), /^<p>89\.0%: 3\.1 points below the ticket on average, and below it on 1 of 10 seeds\. So/);
  for (const words of [en, de, fr]) {
    for (const text of [words.control.after, words.survives.after]) {
      assert.doesNotMatch(say(text, '1'), /average|Mittel|moyenne|\(\(|\)\)| \./);
      assert.match(say(text, '10'), /average|Mittel|moyenne/);
    }
  }
});

test('the page and its translations name the same texts', async () => {
  const html = (await read('www/index.html')).toString();
  const named = [...html.matchAll(/data-text="(\w+)"/g)].map(([, name]) => name).sort();
  for (const table of [de, fr]) assert.deepEqual(Object.keys(table.page).sort(), named);
});

test('sources are numbered as they are listed, and every one that a text names is there', async () => {
  const html = (await read('www/index.html')).toString();
  assert.deepEqual([...html.matchAll(/<li id="source-(\w+)"/g)].map(([, name]) => name), SOURCES);
  for (const [, name, number] of html.matchAll(/href="#source-(\w+)" aria-label="Source (\d+)"/g)) {
    assert.equal(SOURCES.indexOf(name) + 1, Number(number), name);
  }
  for (const step of steps) {
    for (const text of Object.values(en[/** @type {keyof typeof en} */ (step.id)])) {
      assert.doesNotMatch(fill(String(text), {}), /\[\w+\]/, step.id);
    }
  }
});

test('every step has its texts, its figure, and an outcome for its guess', () => {
  const facts = { ...factsOf(rows(recording.results, recording.seeds), recording.config, 'en', recording), deadPixels: {}, sameSign: {} };
  for (const step of steps) {
    const text = /** @type {any} */ (en)[step.id];
    for (const part of ['title', 'body', 'do', 'watch']) assert.ok(text[part], `${step.id}: ${part}`);
    assert.ok(step.figures.length > 0, step.id);
    if (step.guess) assert.ok(text.question && text.after, step.id);
    if (step.guess?.fact) assert.ok(step.guess.fact in facts, `${step.id}: ${step.guess.fact}`);
    for (const [, name] of Object.values(text).join(' ').matchAll(/\{(\w+)\}/g)) assert.ok(name in facts, `${step.id}: {${name}}`);
  }
});

test('the recorded run fills every figure within its budget', async () => {
  assert.ok(gzipSync(recordedFile, { level: 9 }).length <= 60_000, 'at most 60 KB');
  const source = new RecordedSource(recording);
  const { rounds, sizes } = source.config;
  const survivors = (/** @type {number} */ round) => source.results().find((r) => r.round === round)?.survivors ?? [];
  for (let round = recording.ticket.from; round <= rounds; round++) {
    let start = 0;
    const counted = sizes.slice(1).map((/** @type {number} */ outputs, /** @type {number} */ layer) => {
      const end = start + outputs * sizes[layer];
      const alive = source.unpacked.age.subarray(start, end).filter((age) => age >= round).length;
      start = end;
      return alive;
    });
    assert.deepEqual(counted, survivors(round), `round ${round}`);
  }
  for (const name of /** @type {const} */ (['connections', 'race', 'weights', 'scatter', 'movement', 'units', 'pixels', 'digit'])) {
    for (let round = 0; round <= rounds; round++) assert.ok(await source.figure(name, { round }), `${name}, round ${round}`);
  }
  for (let round = 1; round <= rounds; round++) {
    const { fanOut } = await source.figure('pixels', { round });
    assert.equal(Array.from(fanOut).reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0), survivors(round)[0], `fan-out, round ${round}`);
  }
});

test('the signs that a sentence counts are those of the run whose picture is beside it', async () => {
  const recorded = new RecordedSource(recording);
  const state = { view: { round: recorded.rounds }, revealed: true, done: false, rewound: false, allSeeds: true, near: true };
  const own = { start: [Float32Array.of(1, -1, 1, 1)], weights: [Float32Array.of(2, 3, 4, 5)] };
  /** @param {any} source */
  const told = async (source) => {
    /** @type {Record<string, number | undefined>} */
    const seen = {};
    const see = (/** @type {string} */ name, /** @type {{value?: number}} */ { value }) => (seen[name] = value);
    await dataFor({ source, recorded, words: en, spoken: 'en', facts: {}, measured: null, see }, { name: 'connections', round: 'last' }, state);
    return seen.sameSign;
  };
  const live = (/** @type {any} */ data) => ({ kind: 'live', config: recorded.config, figure: async () => data });
  assert.equal(await told(live(own)), 75, 'its own');
  assert.equal(await told(live(null)), recording.sameSign, 'until it has come so far');
  assert.equal(await told(recorded), recording.sameSign);
});

test('of the recorded survivors as many kept their sign as the rounded weights let one see', () => {
  const { unpacked, rounds } = new RecordedSource(recording);
  let first = 0;
  const survivors = unpacked.trained.map((/** @type {Float32Array} */ layer) => {
    const ages = unpacked.age.subarray(first, (first += layer.length));
    return layer.map((value, i) => (ages[i] >= rounds ? value : 0));
  });
  assert.ok(Math.abs(sameSign(unpacked.start, survivors) - recording.sameSign) < 2.5, `${recording.sameSign} %`);
});

test('the recorded run greys the units that the engine counted as dead', () => {
  const source = new RecordedSource(recording);
  for (let round = recording.ticket.from; round <= source.rounds; round++) {
    const { layers } = source.units({ round });
    const result = source.shownResult(round);
    const total = (/** @type {ArrayLike<number> | null | undefined} */ counts) => Array.from(counts ?? [NaN]).reduce((a, b) => a + b);
    assert.deepEqual(layers.map(({ dead }) => total(dead)), result?.dead, `round ${round}`);
    assert.deepEqual(layers.map(({ outDegree }) => total(outDegree)), result?.survivors?.slice(1), `connections out, round ${round}`);
  }
});

test('on every seed on record the effect is what the preset was chosen for', () => {
  const results = rows(recording.results, recording.seeds);
  const { rounds } = recording.config;
  const accuracy = (/** @type {string} */ arm, /** @type {number} */ round) =>
    results.filter((r) => r.arm === arm && r.round === round).map((r) => Number(r.testAccuracyEarlyStop));
  assert.equal(recording.config.preset, 'lesson');
  assert.ok(recording.seeds.length >= 10);
  assert.ok(Number(results.find((r) => r.round === rounds)?.remaining) <= 4);
  const dense = accuracy('ticket', 0);
  const control = accuracy('reinit', rounds);
  for (const [i, ticket] of accuracy('ticket', rounds).entries()) assert.ok(ticket - control[i] >= 2.5, `seed ${recording.seeds[i]}`);
  const asGood = Array.from({ length: rounds }, (_, i) => accuracy('ticket', i + 1).filter((a, seed) => a >= dense[seed]).length);
  assert.ok(Math.max(...asGood) >= 9, `as good as dense on ${asGood} seeds, round by round`);
});

test('going to the next or the last image stays within what is on record', () => {
  const source = new RecordedSource(recording);
  const known = source.digits.map(({ index }) => index).sort((a, b) => a - b);
  assert.equal(source.nearestDigit(known[0] + 1, known[0]), known[1]);
  assert.equal(source.nearestDigit(known[1] - 1, known[1]), known[0]);
  assert.equal(source.nearestDigit(known[known.length - 1] + 1, known[known.length - 1]), known[0]);
});
