// The element's `state`: what embedders and tests may rely on. Plain JSON, a copy, with nothing in it that is not documented here.
import { leadLine, phaseOf, speedUp } from './plan.js';
import { keyOf, seedsOf } from './state.js';

/**
 * @typedef {object} PublicState
 * @property {1} version
 * @property {number | null} seed
 * @property {number[]} seeds              all seeds that run; the first is `seed`
 * @property {Record<string, any> | null} config
 * @property {'empty' | 'loading' | 'ready' | 'training' | 'paused' | 'trained' | 'pruned' | 'finished' | 'failed'} phase
 * @property {number} round                of the first seed's ticket
 * @property {number} step                 in that round
 * @property {number | null} remaining     percent of the weights that are left
 * @property {number[]} survivors          connections left, per layer
 * @property {Record<string, PublicArm>} arms  of the first seed
 * @property {import('../figures/types.js').RoundResult[]} results  of every seed, arm and finished round
 * @property {{status: string, train: number, test: number, source: string, bytes: number, total: number}} data
 * @property {string | null} error         a sentence, or null
 * @property {string[]} corrections        what was corrected in the address or the attributes, a sentence each
 * @property {number} rate                 samples a second, all workers together; 0 when nothing trains
 * @property {number | null} speedUp       how many times faster than dense the ticket's round trains on this machine
 *
 * @typedef {object} PublicArm
 * @property {string} phase
 * @property {number} round
 * @property {number} step
 * @property {number | null} validationLoss   at the early stop of the last finished round
 * @property {number | null} testAccuracy     percent, there
 * @property {number | null} earlyStopStep
 * @property {string | null} fingerprint      of the network at the end of that round
 * @property {import('../figures/types.js').RoundResult[]} rounds  every finished round, without its curve
 */

/** @param {import('../figures/types.js').RoundResult} result */
const withoutCurve = ({ curve, ...rest }) => rest;

/**
 * @param {import('./state.js').Line} line
 * @returns {PublicArm}
 */
function publicArm(line) {
  const last = line.results.at(-1);
  return {
    phase: line.phase,
    round: line.round,
    step: line.step,
    validationLoss: last?.valLoss ?? null,
    testAccuracy: last?.testAccuracyEarlyStop ?? null,
    earlyStopStep: last?.earlyStopStep ?? null,
    fingerprint: last?.fingerprint ?? null,
    rounds: line.results.map(withoutCurve),
  };
}

/**
 * @param {import('./state.js').State} state
 * @returns {PublicState}
 */
export function publicState(state) {
  const lead = leadLine(state);
  const seeds = seedsOf(state);
  const lines = Object.values(state.lines);
  /** @type {Record<string, PublicArm>} */
  const arms = {};
  for (const line of lines) if (keyOf(line.seed, line.arm) === keyOf(seeds[0], line.arm)) arms[line.arm] = publicArm(line);
  const { status, train, test, source, bytes, total, error } = state.data;
  return structuredClone({
    version: 1,
    seed: seeds[0] ?? null,
    seeds,
    config: state.config,
    phase: phaseOf(state),
    round: lead?.round ?? 0,
    step: lead?.step ?? 0,
    remaining: lead?.remaining ?? (state.config ? 100 : null),
    survivors: lead?.survivors ?? [],
    arms,
    results: lines.flatMap((line) => line.results.map(withoutCurve)),
    data: { status, train, test, source, bytes, total },
    error: state.error ?? error,
    corrections: state.corrections,
    rate: state.going ? lines.reduce((sum, { rate, phase }) => sum + (phase === 'training' ? rate : 0), 0) : 0,
    speedUp: speedUp(lead),
  });
}
