/** Where the ladder's lines, bands and points go. */
import { orderArms } from './arms.js';
import { logTicks, remainingScale, span, spread, textWidth, valueScale } from './chart-layout.js';

/**
 * @typedef {import('./types.js').RoundResult} RoundResult
 * @typedef {import('./chart-layout.js').Span} Span
 * @typedef {'accuracy' | 'final' | 'step'} Measure
 * @typedef {object} Rung        one round of one arm over its seeds
 * @property {number} round
 * @property {number} remaining
 * @property {number} seeds
 * @property {Span} value
 * @property {boolean} censored  in at least one seed
 * @typedef {{arm: string, rungs: Rung[]}} Line
 */

/** @param {RoundResult} result @param {Measure} measure */
export function valueOf(result, measure) {
  const { testAccuracyEarlyStop: early, testAccuracyFinal: final } = result;
  const value = measure === 'step' ? result.earlyStopStep : measure === 'final' ? (final ?? early) : (early ?? final);
  return value ?? NaN;
}

/**
 * Means and extremes over seeds, arm by arm. Round 0 is the same dense network for every arm: those without one borrow it from the
 * arm of the same seed that has it.
 * @param {RoundResult[]} results
 * @param {Measure} measure
 * @param {string[]} [arms]
 * @returns {Line[]}
 */
export function aggregate(results, measure, arms) {
  /** @type {Map<number, RoundResult>} */
  const dense = new Map();
  for (const result of results) {
    if (result.round === 0 && (result.arm === 'dense' || !dense.has(result.seed))) dense.set(result.seed, result);
  }
  const wanted = arms ?? orderArms(results.map((result) => result.arm)).filter((arm) => arm !== 'dense');
  return wanted
    .map((arm) => {
      const own = results.filter((result) => result.arm === arm);
      const started = new Set(own.filter((result) => result.round === 0).map((result) => result.seed));
      const seeds = new Set(own.map((result) => result.seed));
      const borrowed = [...dense.values()].filter((result) => seeds.has(result.seed) && !started.has(result.seed));
      /** @type {Map<number, RoundResult[]>} */
      const rounds = new Map();
      for (const result of [...borrowed, ...own]) rounds.set(result.round, [...(rounds.get(result.round) ?? []), result]);
      const rungs = [...rounds]
        .sort(([a], [b]) => a - b)
        .flatMap(([round, found]) => {
          const value = span(found.map((result) => valueOf(result, measure)));
          const remaining = span(found.map((result) => result.remaining));
          return value && remaining
            ? [{ round, remaining: remaining.mean, seeds: found.length, value, censored: found.some((result) => result.censored) }]
            : [];
        });
      return { arm, rungs };
    })
    .filter((line) => line.rungs.length);
}

/** How many different seeds there are. @param {RoundResult[]} results */
export const seedsIn = (results) => new Set(results.map((result) => result.seed)).size;

/**
 * @param {Line[]} lines
 * @param {object} options
 * @param {number} options.width
 * @param {number} options.height
 * @param {Measure} options.measure
 * @param {(arm: string) => string} options.name
 * @param {number} [options.steps]
 */
export function layoutLadder(lines, { width, height, measure, name, steps }) {
  const narrow = width < 560;
  const names = lines.map((line) => name(line.arm));
  const right = narrow ? 14 : Math.min(180, 18 + Math.max(0, ...names.map(textWidth)));
  const plot = { left: measure === 'step' ? 58 : 46, right: width - right, top: 18, bottom: height - 42 };
  const rungs = lines.flatMap((line) => line.rungs);
  const lowest = Math.min(95, ...rungs.map((rung) => rung.remaining));
  const x = remainingScale(lowest, plot.left + 10, plot.right - 10);
  const values = rungs.flatMap((rung) => [rung.value.min, rung.value.max]);
  const y =
    measure === 'step'
      ? valueScale([0, steps ?? 0, ...values], plot.bottom, plot.top, { floor: 0, ceiling: steps, ticks: 4 })
      : valueScale(values, plot.bottom, plot.top, { ceiling: 100, least: 1, ticks: 5 });
  const placed = lines.map((line) => ({
    arm: line.arm,
    points: line.rungs.map((rung) => ({ ...rung, x: x(rung.remaining), y: y(rung.value.mean), y0: y(rung.value.min), y1: y(rung.value.max) })),
  }));
  const ends = placed.map((line, i) => {
    const end = line.points[line.points.length - 1];
    return { arm: line.arm, text: names[i], x: end.x, y: end.y };
  });
  const labels = spread(ends, 17, plot.top + 6, plot.bottom - 4);
  return {
    plot,
    x,
    y,
    lines: placed,
    labels,
    narrow,
    dense: placed[0]?.points[0]?.round === 0 ? placed[0].points[0] : null,
    xTicks: !rungs.length ? [] : logTicks(lowest, 100, x).map((value) => ({ value, at: x(value) })),
    yTicks: !rungs.length ? [] : y.ticks(narrow ? 4 : 5).map((value) => ({ value, at: y(value) })),
  };
}

/**
 * The round nearest to a place on the axis.
 * @param {Line[]} lines
 * @param {(remaining: number) => number} x
 * @param {number} at
 */
export function nearestRound(lines, x, at) {
  let best = -1;
  let distance = Infinity;
  for (const { rungs } of lines) {
    for (const rung of rungs) {
      const d = Math.abs(x(rung.remaining) - at);
      if (d < distance) [best, distance] = [rung.round, d];
    }
  }
  return best;
}
