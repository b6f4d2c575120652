// What is measured: one line each, asked in turn, round after round.

/**
 * @typedef {object} Measure
 * @property {number} samples
 * @property {number} milliseconds
 *
 * @typedef {object} Line
 * @property {string} key
 * @property {string} label
 * @property {'engine' | 'peers' | 'native' | 'probe'} group
 * @property {() => Promise<number>} rate  one measurement: samples per second, or for a probe its own unit
 */

/** How long one turn of a line should take: long against the clock's grain, short against the machine's moods. */
const TURN = 300;

/** @param {Measure} measure */
export const perSecond = ({ samples, milliseconds }) => (1000 * samples) / milliseconds;

/**
 * A line whose steps a turn are chosen once, from a first short turn.
 * @param {Omit<Line, 'rate'>} line
 * @param {(steps: number) => Promise<Measure>} measure
 * @param {{ first: number, most?: number }} steps
 * @returns {Promise<Line>}
 */
export async function timedLine(line, measure, { first, most = 100_000 }) {
  const { milliseconds } = await measure(first);
  const steps = Math.max(1, Math.min(most, Math.round((first * TURN) / milliseconds)));
  return { ...line, rate: async () => perSecond(await measure(steps)) };
}

/**
 * @param {Line[]} lines
 * @param {number} rounds
 * @param {(round: number) => void} [progress]
 * @returns {Promise<Map<string, number[]>>}
 */
export async function measureInTurn(lines, rounds, progress) {
  const rates = new Map(lines.map(({ key }) => [key, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds; round++) {
    progress?.(round);
    for (const line of lines) rates.get(line.key)?.push(await line.rate());
  }
  return rates;
}
