/**
 * The recorded run as a source of figure data: a file made by `lottery record`, unpacked into what the figures are given.
 *
 * The masks are nested, so one age a weight holds them all; ages below `from` are not in the file (they would not fit its budget)
 * and stand as 0. What is drawn of those rounds is a part, and says so.
 */
import { degrees } from '../figures/connections-layout.js';
import { sum } from '../figures/histogram-layout.js';

/** @typedef {import('../figures/types.js').RoundResult} RoundResult */
/** @typedef {import('../figures/types.js').CurvePoint} CurvePoint */
/** @typedef {'connections' | 'race' | 'weights' | 'scatter' | 'movement' | 'units' | 'pixels' | 'digit'} FigureName */
/** @typedef {{round: number, arm?: string, layer?: number, index?: number, pixels?: Uint8Array}} View */

/**
 * @typedef {object} Recording
 * @property {number} version
 * @property {string} date
 * @property {string} engine
 * @property {Record<string, any>} config
 * @property {number[]} seeds
 * @property {number} seed                  the one that is held in full
 * @property {Record<string, any>[]} results  one an arm and round; what differs between seeds is an array in the order of `seeds`
 * @property {{steps: number[], lines: {arm: string, round: number, trainLoss: number[], valLoss: number[], valAccuracy: number[]}[]}} curves
 * @property {PackedTicket} ticket
 * @property {number[][]} fanOut            rounds 1 … from − 1
 * @property {number[]} placement           hidden units, 0 … 1000
 * @property {number[]} mean                784 values, 0 … 255
 * @property {{round: number, layer: number, max: number, kept: number[], pruned: number[], cut: number | null}[]} histograms
 * @property {{layer: number, total: number, points: number[]}[]} scatter  θ₀ and θ_T in thousandths, kept
 * @property {import('../figures/types.js').MovementLayer[]} movement
 * @property {RecordedDigit[]} digits
 * @property {{dense: number, ticket: number}} bytes
 * @property {number} sameSign             of the last round's weights, the share that kept the sign they were born with, percent
 * @property {{dense: number, rounds: number[]}} rate
 * @property {{sizes: number[], connections: number, testAccuracy: number[]}[]} [small]  networks that were born small
 */

/**
 * @typedef {object} PackedTicket
 * @property {number} from                  ages from here on are recorded
 * @property {string} gaps
 * @property {string} ages                  age − from of each survivor, several to a character
 * @property {string} signs                 of those that the last round does not have, six to a character
 * @property {string} start                 of those that the last round has
 * @property {string} trained
 * @property {number[]} startScale
 * @property {number[]} trainedScale
 */

/**
 * @typedef {object} RecordedDigit
 * @property {number} index
 * @property {number} label
 * @property {boolean} [differ]             ticket and control answer differently
 * @property {string} pixels                hexadecimal, 784 bytes
 * @property {Record<string, number[]>} answers
 * @property {[number, number, number, number][]} path
 * @property {number} total
 */

/**
 * @typedef {object} Unpacked
 * @property {Uint8Array} age               all layers concatenated
 * @property {Float32Array[]} trained       θ_T, per layer: to 1/8 of the largest for the last survivors, sign and rank for the others
 * @property {Float32Array[]} start         θ₀ of the last survivors, per layer
 */

const FIRST = 35;
const LONGEST = 56;
const LEVELS = 8;
const SYMBOLS = 57;

/** One character holds a number; a backslash, which JSON would double, is written as a tilde. @param {string} text @param {number} at */
function number(text, at) {
  const code = text.charCodeAt(at);
  return (code === 126 ? 92 : code) - FIRST;
}

/**
 * Numbers below `base`, as many to a character as fit, the first in the highest place.
 * @param {string} text
 * @param {number} base
 * @param {number} perCharacter
 */
function digits(text, base, perCharacter) {
  const found = new Uint8Array(text.length * perCharacter);
  for (let at = 0; at < text.length; at++) {
    let rest = number(text, at);
    for (let place = perCharacter - 1; place >= 0; place--) {
      found[at * perCharacter + place] = rest % base;
      rest = Math.floor(rest / base);
    }
  }
  return found;
}

/**
 * Results as the figures want them, one an arm, round and seed.
 * @param {Record<string, any>[]} columns
 * @param {number[]} seeds
 * @returns {RoundResult[]}
 */
export function rows(columns, seeds) {
  const shared = new Set(['arm', 'round', 'remaining', 'survivors']);
  const total = sum(columns.find(({ round }) => round === 0)?.survivors ?? []);
  return columns.flatMap((column) =>
    seeds.map((seed, i) => {
      /** @type {Record<string, any>} */
      const row = { seed };
      for (const [name, value] of Object.entries(column)) {
        if (shared.has(name)) row[name] = value;
        else if (value[i] !== undefined) row[name] = name === 'censored' ? Boolean(value[i]) : value[i];
      }
      // Recorded with fewer digits than the counts hold.
      if (total && row.survivors) row.remaining = (100 * sum(row.survivors)) / total;
      return /** @type {RoundResult} */ (row);
    }),
  );
}

/**
 * @param {PackedTicket} packed
 * @param {number[]} sizes
 * @param {number} rounds
 * @returns {Unpacked}
 */
export function unpack(packed, sizes, rounds) {
  const counts = sizes.slice(1).map((outputs, layer) => outputs * sizes[layer]);
  const age = new Uint8Array(sum(counts));
  const trained = counts.map((n) => new Float32Array(n));
  const start = counts.map((n) => new Float32Array(n));
  let layer = 0;
  let layerStart = 0;
  let position = -1;
  let survivor = 0;
  let last = 0;
  let earlier = 0;
  const kinds = rounds - packed.from + 1;
  let together = 1;
  while (kinds > 1 && kinds ** (together + 1) <= SYMBOLS) together++;
  const ages = digits(packed.ages, kinds, together);
  const negative = digits(packed.signs, 2, 6);
  for (let at = 0; at < packed.gaps.length; at++) {
    const gap = number(packed.gaps, at);
    if (gap === LONGEST) {
      position += LONGEST;
      continue;
    }
    position += gap + 1;
    if (position >= age.length) throw new Error('The recorded run does not fit its network: load the page again.');
    while (position >= layerStart + counts[layer]) layerStart += counts[layer++];
    const lived = packed.from + ages[survivor++];
    age[position] = lived;
    const index = position - layerStart;
    if (lived >= rounds) {
      // A value that rounds to zero keeps a trace, so that it is drawn as the connection it is.
      trained[layer][index] = ((number(packed.trained, last) - LEVELS) / LEVELS || 1e-3) * packed.trainedScale[layer];
      start[layer][index] = ((number(packed.start, last) - LEVELS) / LEVELS) * packed.startScale[layer];
      last++;
    } else {
      // Only the sign is recorded; that it was pruned earlier says that it was small.
      const size = packed.trainedScale[layer] * 0.12 * (lived - packed.from + 1);
      trained[layer][index] = negative[earlier++] ? -size : size;
    }
  }
  return { age, trained, start };
}

/** @param {string} hex */
function bytes(hex) {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

export class RecordedSource extends EventTarget {
  kind = /** @type {const} */ ('recorded');

  /** @param {Recording} recording */
  constructor(recording) {
    super();
    this.recording = recording;
    this.config = recording.config;
    this.seeds = recording.seeds;
    this.rounds = recording.config.rounds;
    this.known = rows(recording.results, recording.seeds);
    /** @type {Unpacked | undefined} */
    this.unpackedOnce = undefined;
    /** The images of the test set that are on record. */
    this.digits = recording.digits.map(({ label, index, differ }) => ({ label, index, differ: differ === true }));
  }

  get unpacked() {
    return (this.unpackedOnce ??= unpack(this.recording.ticket, this.config.sizes, this.rounds));
  }

  results() {
    return this.known;
  }

  /**
   * @param {FigureName} name
   * @param {View} view
   * @returns {Promise<any>} the data of lt-<name>, null where the recording has none
   */
  async figure(name, view) {
    return this[name](view);
  }

  /**
   * The image on record that comes next to the one asked for, in the direction in which the reader went.
   * @param {number} asked
   * @param {number} from
   */
  nearestDigit(asked, from) {
    const known = this.digits.map(({ index }) => index).sort((a, b) => a - b);
    if (known.includes(asked)) return asked;
    if (asked < from) return known.filter((index) => index < from).pop() ?? known[known.length - 1];
    return known.find((index) => index > from) ?? known[0];
  }

  /** @param {number} round */
  shownResult(round) {
    return this.known.find((r) => r.round === round && r.seed === this.recording.seed && r.arm === 'ticket');
  }

  /** @param {View} view @returns {import('../figures/types.js').ConnectionsData} */
  connections({ round }) {
    const { age, trained, start } = this.unpacked;
    const placement = Float32Array.from(this.recording.placement, (p) => p / 1000);
    const { survivors } = this.shownResult(round) ?? {};
    const total = survivors && sum(survivors);
    const sizes = this.config.sizes;
    if (round === 0) return { sizes, age: null, round, placement, arm: 'dense', total };
    return { sizes, age, round, weights: trained, start, placement, arm: 'ticket', which: 'trained', total };
  }

  /** @param {View} view @returns {import('../figures/types.js').RaceData} */
  race({ round }) {
    const { steps, lines } = this.recording.curves;
    const shown = lines.filter((line) => line.round === round || (line.round === 0 && line.arm === 'ticket'));
    return {
      steps: this.config.steps,
      round,
      remaining: this.shownResult(round)?.remaining,
      curves: shown.map((line) => {
        const arm = line.round === 0 ? 'dense' : line.arm;
        const result = this.known.find(
          (r) => r.seed === this.recording.seed && r.arm === line.arm && r.round === line.round,
        );
        return {
          arm,
          seed: this.recording.seed,
          earlyStopStep: result?.earlyStopStep ?? null,
          points: steps.map((step, i) => ({
            step,
            trainLoss: line.trainLoss[i],
            valLoss: line.valLoss[i],
            valAccuracy: line.valAccuracy[i],
          })),
        };
      }),
    };
  }

  /** @param {View} view @returns {import('../figures/types.js').WeightsData | null} */
  weights({ round }) {
    const layers = this.recording.histograms
      .filter((h) => h.round === round)
      .map(({ layer, max, kept, pruned, cut }) => ({
        layer,
        edges: Float64Array.from({ length: kept.length + 1 }, (_, i) => (max * i) / kept.length),
        // As it stood before the pruning of this round.
        kept: kept.map((n, i) => n + pruned[i]),
        pruned: pruned.map(() => 0),
        cut,
        goes: sum(pruned),
      }));
    return layers.length ? { layers, layer: -1, which: 'trained', canCut: true } : null;
  }

  /** @returns {import('../figures/types.js').ScatterData} */
  scatter() {
    return {
      layers: this.recording.scatter.map(({ layer, total, points }) => ({
        layer,
        total,
        points: Float32Array.from(points, (v, i) => (i % 3 < 2 ? v / 1000 : v)),
      })),
      layer: 0,
      until: this.rounds,
    };
  }

  /** @returns {import('../figures/types.js').MovementData} */
  movement() {
    return { layers: this.recording.movement, until: this.rounds };
  }

  /** @param {View} view @returns {import('../figures/types.js').UnitsData} */
  units({ round }) {
    const { sizes } = this.config;
    const { age, trained, start } = this.unpacked;
    // Earlier masks are not on record.
    const shown = Math.max(round, this.recording.ticket.from);
    const { outgoing, dead } = degrees(sizes, age, shown);
    return {
      layers: [0, 1].map((layer) => {
        const [inputs, outputs] = sizes.slice(layer);
        const first = layer * sizes[0] * inputs;
        return {
          inputs,
          outputs,
          age: age.subarray(first, first + inputs * outputs),
          initial: start[layer],
          trained: trained[layer],
          dead: dead[layer + 1],
          outDegree: outgoing[layer + 1],
        };
      }),
      layer: 0,
      view: 'age',
      round: shown,
      rounds: this.rounds,
    };
  }

  /** @param {View} view @returns {import('../figures/types.js').PixelsData} */
  pixels({ round }) {
    const [inputs, outputs] = this.config.sizes;
    const { from } = this.recording.ticket;
    const counted = () => degrees(this.config.sizes, this.unpacked.age, round).outgoing[0];
    const fanOut = round === 0 ? new Uint32Array(inputs).fill(outputs) : round < from ? this.recording.fanOut[round - 1] : counted();
    return { fanOut, outputs, mean: this.recording.mean.map((v) => v / 255) };
  }

  /** A drawn image cannot be answered from a recording: the answers are then null. @param {View} view @returns {import('../figures/types.js').DigitData} */
  digit({ index, pixels }) {
    const digit = this.recording.digits.find((d) => d.index === index) ?? this.recording.digits[0];
    const remaining = this.shownResult(this.rounds)?.remaining;
    const arms = [
      { arm: 'dense', remaining: 100 },
      { arm: 'ticket', remaining },
      { arm: 'reinit', remaining },
    ];
    if (pixels) return { answers: arms.map((arm) => ({ ...arm, probabilities: null })), index: null, count: this.config.test };
    return {
      answers: arms.map((arm) => ({ ...arm, probabilities: digit.answers[arm.arm] })),
      pixels: bytes(digit.pixels),
      label: digit.label,
      index: digit.index,
      count: this.config.test,
      path: { edges: digit.path.map(([layer, from, to, value]) => ({ layer, from, to, value })), total: digit.total },
    };
  }
}

/** @param {string} address */
export async function loadRecording(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The recorded run could not be fetched (status ${response.status}): load the page again.`);
  return new RecordedSource(/** @type {Recording} */ (await response.json()));
}
