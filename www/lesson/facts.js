/** The numbers that the lesson's sentences name, taken from whatever run is shown: text and figures cannot disagree. */
import { count, decimal, percent } from '../figures/format.js';
import { sum } from '../figures/histogram-layout.js';

/** @typedef {import('../figures/types.js').RoundResult} RoundResult */
/**
 * @typedef {object} Fact
 * @property {string} text               as a sentence says it
 * @property {number} [value]            the outcome of a guess: the mean
 * @property {number} [min]              over the seeds
 * @property {number} [max]
 * @property {number} [seeds]
 */
/** @typedef {Record<string, Fact>} Facts */

/** @param {number[]} values */
const mean = (values) => sum(values) / values.length;

/** What is said of several seeds. @param {number[]} values @param {(mean: number) => string} say */
export const spread = (values, say) => ({
  text: say(mean(values)),
  value: mean(values),
  min: Math.min(...values),
  max: Math.max(...values),
  seeds: values.length,
});

/**
 * @param {RoundResult[]} results
 * @param {string} arm
 * @param {number} round
 */
const at = (results, arm, round) => results.filter((r) => r.arm === arm && r.round === round);

/** Test accuracies at early stop, of those that have one. @param {RoundResult[]} results */
const test = (results) => results.map((r) => r.testAccuracyEarlyStop).filter((v) => v !== undefined);

/** The line arms share round 0: the dense network. @param {RoundResult[]} results */
const dense = (results) => {
  const own = at(results, 'dense', 0);
  return own.length ? own : at(results, 'ticket', 0);
};

/**
 * Differences between two arms on the same seeds.
 * @param {RoundResult[]} a
 * @param {RoundResult[]} b
 */
function paired(a, b) {
  const other = new Map(b.map((r) => [r.seed, r.testAccuracyEarlyStop]));
  return a.map((r) => Number(r.testAccuracyEarlyStop) - Number(other.get(r.seed))).filter((gap) => !Number.isNaN(gap));
}

/**
 * The mean accuracy of each round of an arm, the dense network first.
 * @param {RoundResult[]} results
 * @param {string} arm
 */
export function line(results, arm) {
  const rounds = [...new Set(results.map((r) => r.round))].sort((a, b) => a - b);
  return rounds
    .map((round) => {
      const found = round === 0 ? dense(results) : at(results, arm, round);
      const accuracies = test(found);
      return { round, remaining: found[0]?.remaining ?? 100, accuracy: accuracies.length ? mean(accuracies) : null };
    })
    .filter((point) => point.accuracy !== null);
}

/**
 * Accuracy and spread of every arm in every round.
 * @param {RoundResult[]} results
 * @param {Record<string, any>} config
 * @param {string} lang
 * @param {import('./recorded.js').Recording | null} recording  for what a run in the page does not measure
 * @returns {Facts}
 */
export function factsOf(results, config, lang, recording) {
  const whole = (/** @type {number} */ n) => count(lang, n);
  const accuracy = (/** @type {number[]} */ values) => spread(values, (value) => percent(lang, value, 1));
  const points = (/** @type {number} */ v) => decimal(lang, v, 1);

  /** @type {Facts} */
  const facts = {};
  const sizes = /** @type {number[]} */ (config.sizes);
  const total = sizes.slice(1).reduce((sum, n, layer) => sum + n * sizes[layer], 0);
  facts.total = { text: whole(total) };
  for (const name of ['rounds', 'steps', 'batch', 'examples', 'validation']) facts[name] = { text: whole(config[name]) };
  facts.rate = { text: percent(lang, config.rate * 100) };
  facts.seeds = { text: whole(new Set(results.map((r) => r.seed)).size) };

  const last = config.rounds;
  const denseTest = test(dense(results));
  if (denseTest.length) facts.dense = accuracy(denseTest);

  const tickets = at(results, 'ticket', last);
  if (test(tickets).length) {
    facts.ticket = accuracy(test(tickets));
    facts.last = { text: percent(lang, tickets[0].remaining) };
    facts.lastCount = { text: whole(sum(tickets[0].survivors ?? [])) };
    const untrained = tickets.map((r) => r.untrainedAccuracy).filter((v) => v !== undefined);
    if (untrained.length) facts.untrained = accuracy(untrained);
    const dead = tickets.flatMap((r) => (r.dead ? sum(r.dead) : []));
    if (dead.length) facts.deadUnits = spread(dead, (value) => whole(Math.round(value)));
    if (facts.dense) {
      // As a reader reckons it from the two numbers that the page shows.
      const [part, all] = [facts.ticket, facts.dense].map(({ value }) => Math.round(10 * Number(value)));
      facts.lossLast = { text: points(Math.abs(part - all) / 10) };
    }
    const best = line(results, 'ticket').filter((p) => p.round > 0).sort((a, b) => Number(b.accuracy) - Number(a.accuracy))[0];
    if (best && facts.dense) {
      facts.best = { text: percent(lang, Number(best.accuracy), 1), value: Number(best.accuracy) };
      facts.bestRemaining = { text: percent(lang, best.remaining) };
    }
  }

  const controls = at(results, 'reinit', last);
  if (test(controls).length) {
    facts.control = accuracy(test(controls));
    const gaps = paired(tickets, controls);
    if (gaps.length) {
      facts.gap = { text: points(mean(gaps)), value: mean(gaps) };
      facts.gapMin = { text: points(Math.min(...gaps)) };
      facts.gapMax = { text: points(Math.max(...gaps)) };
      facts.wins = { text: whole(gaps.filter((gap) => gap > 0).length) };
    }
  }

  if (recording) {
    const shot = recording.results.find((c) => c.arm === 'one-shot' && c.round === last)?.testAccuracyEarlyStop ?? [];
    if (shot.length) facts.oneShot = accuracy(shot);
    const small = recording.small?.[0];
    if (small) {
      facts.small = accuracy(small.testAccuracy);
      facts.smallCount = { text: whole(small.connections) };
    }
    const kilobytes = (/** @type {number} */ n) => `${count(lang, n / 1000)} kB`;
    facts.bytesDense = { text: kilobytes(recording.bytes.dense), value: recording.bytes.dense / 1000 };
    facts.bytesTicket = { text: kilobytes(recording.bytes.ticket), value: recording.bytes.ticket / 1000 };
    const { rate } = recording;
    if (rate.dense && rate.rounds.length) {
      facts.faster = { text: decimal(lang, rate.rounds[rate.rounds.length - 1] / rate.dense, 1) };
    }
  }
  return facts;
}

/**
 * Of the weights that survive, the share whose sign is that of their birth, percent.
 * @param {Float32Array[]} start
 * @param {Float32Array[]} trained      zero where a weight is pruned
 */
export function sameSign(start, trained) {
  let same = 0;
  let survivors = 0;
  trained.forEach((values, layer) => {
    values.forEach((value, i) => {
      if (value) survivors++;
      if (value * start[layer][i] > 0) same++;
    });
  });
  return (100 * same) / survivors;
}

/**
 * How many pixels no connection leaves.
 * @param {ArrayLike<number>} fanOut
 * @param {string} lang
 * @returns {Fact}
 */
export function deadPixels(fanOut, lang) {
  const dead = Array.from(fanOut).filter((n) => n === 0).length;
  return { text: count(lang, dead), value: dead };
}
