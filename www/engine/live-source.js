/**
 * A run in the page as a source of figure data: the same face as a recorded run, filled from the engine's answers. Nothing is
 * computed here; numbers are asked for and put where the figures want them.
 */
import { BINS, POINTS } from './portrait.js';
import { keyOf } from './state.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./state.js').Selection} Selection
 * @typedef {import('../figures/types.js').RoundResult} RoundResult
 * @typedef {{round: number, arm?: string, seed?: number, chosen?: boolean, layer?: number, index?: number, pixels?: Uint8Array}} View
 */

const PATH_EDGES = 120;
const REMEMBERED = 64;
/** What does not change while a round is trained. */
const STANDING = new Set(['age', 'placement']);

export class LiveSource extends EventTarget {
  #session;
  #end;
  /** Answers about finished rounds, which cannot change. @type {Map<string, Promise<any>>} */ #answers = new Map();
  /** Answers about rounds under way that stay true until a phase ends: masks, birth values, places. @type {Map<string, Promise<any>>} */ #standing = new Map();
  #run = -1;
  #sign = '';

  /** @param {Session} session */
  constructor(session) {
    super();
    this.#session = session;
    const news = () => this.dispatchEvent(new Event('change'));
    // A round can be looked at once its ticket is kept, a moment after its numbers came.
    const endWatch = session.watch((name) => {
      if (name === 'prune') this.#standing.clear();
      if (name === 'prune' || name === 'round') news();
    });
    const endState = session.subscribe((state) => {
      // Figures follow rounds, not steps: a race that is under way is fed by `race` itself.
      const sign = `${state.run} ${Object.values(state.lines).map(({ results, phase, round }) => `${results.length}${phase}${round}`).join()}`;
      if (sign === this.#sign) return;
      this.#sign = sign;
      this.#standing.clear();
      news();
    });
    this.#end = () => {
      endWatch();
      endState();
    };
  }

  dispose() {
    this.#end();
  }

  /** @type {'live'} */
  get kind() {
    return 'live';
  }

  /** @returns {Record<string, any>} */
  get config() {
    return this.#session.state.config ?? {};
  }

  /** Seeds of which something is known. */
  get seeds() {
    const { lines } = this.#session.state;
    return [...new Set(Object.values(lines).map(({ seed }) => seed))];
  }

  get rounds() {
    return this.#session.state.config?.rounds ?? 0;
  }

  /** @returns {RoundResult[]} */
  results() {
    return Object.values(this.#session.state.lines).flatMap(({ results }) => results);
  }

  /**
   * The data of a figure for a view; null when the run has not got there. Between a pruning and the restart it is what the pruning
   * has left. Survivors are those of the last round, as in the recording; in a round that the reader has chosen those that its own
   * pruning keeps.
   * @param {string} name
   * @param {View} view
   * @returns {Promise<any>}
   */
  async figure(name, view) {
    /** @type {Selection} */
    const which = { seed: view.seed ?? this.seeds[0] ?? 0, arm: view.arm ?? 'ticket', round: view.round };
    // Round 0 is the dense network, which all arms share; controls have none of their own.
    if (which.round === 0 || which.arm === 'dense') Object.assign(which, { arm: this.#firstLine(which.seed), round: 0 });
    const line = this.#line(which);
    if (line?.phase === 'pruned' && line.round === which.round) which.masks = which.round + 1;
    const own = view.chosen ? this.#itsPruning(which) : which;
    const parted = view.chosen ? own : this.#lastTicket(which);
    switch (name) {
      case 'connections':
        return this.#connections(which);
      case 'race':
        return this.#race(which);
      case 'weights':
        return this.#weights(own, view.layer);
      case 'scatter':
        return this.#scatter(parted, view.layer);
      case 'movement':
        return this.#movement(parted);
      case 'units':
        return this.#units(which, view.layer);
      case 'pixels':
        return this.#pixels(which);
      case 'digit':
        return this.#digit(which, view);
      default:
        return null;
    }
  }

  /** Looked at as its own pruning leaves it: known by now, or by the rule; a control and the last round are never pruned. @param {Selection} which @returns {Selection} */
  #itsPruning(which) {
    if (which.round >= this.rounds) return { ...which, masks: 0 };
    return which.arm === 'ticket' && this.#pruned(which.seed) > which.round ? { ...which, masks: which.round + 1 } : which;
  }

  /** The dense network, looked at through the last ticket's masks. @param {Selection} which @returns {Selection | null} */
  #lastTicket({ seed }) {
    return this.#pruned(seed) < this.rounds ? null : { seed, arm: this.#firstLine(seed), round: 0, masks: this.rounds };
  }

  /** The last round whose masks a seed's ticket has made. @param {number} seed */
  #pruned(seed) {
    return this.#session.state.masks[seed] ?? 0;
  }

  /** @param {Selection} which */
  #line({ seed, arm }) {
    return this.#session.state.lines[keyOf(seed, arm)];
  }

  /** @param {number} seed */
  #firstLine(seed) {
    const lines = Object.values(this.#session.state.lines).filter((line) => line.seed === seed && !line.control);
    return lines[0]?.arm ?? 'ticket';
  }

  /**
   * @param {Selection} which
   * @param {string} what
   * @param {...any} args
   */
  #ask(which, what, ...args) {
    const session = this.#session;
    if (this.#run !== session.state.run) {
      this.#answers.clear();
      this.#standing.clear();
      this.#run = session.state.run;
    }
    const finished = Boolean(session.ticket(which));
    if (!finished && !STANDING.has(what) && args[1] !== 'initial') return session.ask(which, what, ...args);
    const known = finished && which.masks === undefined ? this.#answers : this.#standing;
    const sign = JSON.stringify([which, what, args]);
    let answer = known.get(sign);
    if (!answer) {
      answer = session.ask(which, what, ...args);
      answer.then((value) => value === null && known.delete(sign), () => known.delete(sign));
      known.set(sign, answer);
      const oldest = known.keys().next().value;
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    }
    return answer;
  }

  /** @param {(layer: number) => Promise<any>} ask */
  #eachLayer(ask) {
    const layers = Math.max(0, (this.config.sizes?.length ?? 1) - 1);
    return Promise.all(Array.from({ length: layers }, (_, layer) => ask(layer)));
  }

  /** Percent of the weights that are left. @param {Selection} which */
  #remaining(which) {
    const line = this.#line(which);
    return (which.masks ? line : line?.results.find(({ round }) => round === which.round))?.remaining ?? undefined;
  }

  /** 'trained' for a finished round, 'current' for the one under way. @param {Selection} which */
  #moment(which) {
    return this.#session.ticket(which) ? 'trained' : 'current';
  }

  /** Rounds survived, as far as they are known: whole runs for the ticket, this round's mask for others. @param {Selection} which */
  async #age(which) {
    const known = which.arm === 'ticket' && this.#pruned(which.seed) >= which.round;
    return (known ? this.#session.age(which.seed) : null) ?? this.#ask(which, 'age');
  }

  /** @param {Selection} selection */
  async #connections({ masks, ...which }) {
    if (!this.#session.canShow(which)) return null;
    const moment = this.#moment(which);
    const [age, weights, start, placement] = await Promise.all([
      this.#age(which),
      this.#eachLayer((layer) => this.#ask(which, 'weights', layer, moment)),
      this.#eachLayer((layer) => this.#ask(which, 'weights', layer, 'initial')),
      this.#ask(which, 'placement'),
    ]);
    if (weights.includes(null) || start.includes(null)) return null;
    return { sizes: this.config.sizes, age, round: masks ?? which.round, weights, start, placement, cut: null, arm: which.arm, which: moment };
  }

  /** Images a second that the first seed's ticket was trained with, by round. */
  get rates() {
    return this.#session.state.lines[keyOf(this.seeds[0], 'ticket')]?.rates;
  }

  /** @param {Selection} which */
  #race({ seed, round }) {
    const lines = Object.values(this.#session.state.lines).filter((line) => line.seed === seed);
    /** @type {any[]} */
    const curves = [];
    for (const line of lines) {
      const result = line.results.find((other) => other.round === round);
      const points = result?.curve?.length ? result.curve : line.round === round ? line.curve : [];
      if (points.length === 0) continue;
      curves.push({ arm: round === 0 ? 'dense' : line.arm, seed, points, earlyStopStep: result?.earlyStopStep ?? null });
    }
    const dense = lines.flatMap(({ results }) => results).find((result) => result.round === 0);
    if (round > 0 && dense?.curve?.length) {
      curves.unshift({ arm: 'dense', seed, points: dense.curve, earlyStopStep: dense.earlyStopStep });
    }
    const remaining = lines.find((line) => line.round === round)?.remaining ?? lines.flatMap(({ results }) => results).find((result) => result.round === round)?.remaining;
    return { curves, steps: this.config.steps ?? 1, round, remaining: remaining ?? undefined };
  }

  /** @param {Selection} which @param {number} [layer] */
  async #weights(which, layer) {
    if (!this.#session.canShow(which)) return null;
    const moment = this.#moment(which);
    const count = (this.config.sizes?.length ?? 1) - 1;
    const layers = await Promise.all(
      [-1, ...Array.from({ length: count }, (_, index) => index)].map(async (index) => {
        const found = await this.#ask(which, 'histogram', index, moment, BINS);
        return found && { layer: index, ...found };
      }),
    );
    if (layers.includes(null)) return null;
    const lead = this.#line(which);
    const newest = which.arm === 'ticket' && lead?.round === which.round && !this.#session.state.going;
    const canUndo = newest && lead.phase === 'pruned';
    return { layers, layer: layer ?? -1, which: moment, canCut: canUndo || (newest && lead.phase === 'trained' && which.round < this.rounds), canUndo };
  }

  /** @param {Selection | null} which @param {number} [layer] */
  async #scatter(which, layer) {
    const moved = await this.#movement(which);
    if (!which || !moved) return null;
    const layers = await this.#eachLayer(async (index) => {
      const points = await this.#ask(which, 'scatter', index, POINTS);
      const { survivors, pruned } = moved.layers[index];
      return points && { layer: index, points, total: [...survivors, ...pruned].reduce((sum, count) => sum + count, 0) };
    });
    return layers.includes(null) ? null : { ...moved, layers, layer: layer ?? 0 };
  }

  /** @param {Selection | null} which */
  async #movement(which) {
    if (!which || !this.#session.canShow(which)) return null;
    const layers = await this.#ask(which, 'movement');
    return layers && { layers, until: which.masks ?? which.round + 1 };
  }

  /** @param {Selection} which @param {number} [layer] */
  async #units(which, layer) {
    if (!this.#session.canShow(which)) return null;
    const { sizes = [] } = this.config;
    const age = await this.#age(which);
    if (!age) return null;
    const hidden = sizes.slice(1, -1).map((/** @type {number} */ _, /** @type {number} */ index) => index).slice(0, 2);
    let at = 0;
    const layers = await Promise.all(
      hidden.map(async (/** @type {number} */ index) => {
        const [inputs, outputs] = [sizes[index], sizes[index + 1]];
        const own = age.subarray(at, at + inputs * outputs);
        at += inputs * outputs;
        const [initial, trained, { dead, outDegree }] = await Promise.all([
          this.#ask(which, 'weights', index, 'initial'),
          this.#ask(which, 'weights', index, this.#moment(which)),
          this.#ask(which, 'units', index),
        ]);
        return { inputs, outputs, age: own, initial, trained, dead, outDegree };
      }),
    );
    const round = which.masks ?? which.round;
    return { layers, layer: Math.min(layer ?? 0, Math.max(0, layers.length - 1)), round, rounds: Math.max(round, this.#pruned(which.seed)) };
  }

  /** @param {Selection} which */
  async #pixels(which) {
    if (!this.#session.canShow(which)) return null;
    const [fanOut, mean] = await Promise.all([this.#ask(which, 'fanOut'), this.#session.askData('meanImage')]);
    return fanOut && { fanOut, outputs: this.config.sizes?.[1] ?? 1, mean };
  }

  /** @param {Selection} which @param {View} view */
  async #digit(which, { index = 0, pixels }) {
    const session = this.#session;
    const sample = pixels ? null : await session.askData('sample', 'test', index);
    const image = pixels ?? sample?.pixels ?? null;
    const others = Object.values(session.state.lines).filter(({ seed, control }) => seed === which.seed && control);
    /** @type {(Selection & {shown: string})[]} */
    const asked = [
      ...(which.round > 0 ? [{ seed: which.seed, arm: this.#firstLine(which.seed), round: 0, shown: 'dense' }] : []),
      { ...which, shown: which.round > 0 ? which.arm : 'dense' },
      ...others.slice(0, 1).filter(({ arm }) => which.round > 0 && arm !== which.arm).map(({ arm }) => ({ ...which, masks: undefined, arm, shown: arm })),
    ].filter((one) => session.ticket(one));
    if (!image) return { answers: asked.map(({ shown }) => ({ arm: shown, probabilities: null })), count: 0 };
    const answers = [];
    let path = null;
    // One after another: each kept ticket is opened in the same viewing engine.
    for (const { shown, ...one } of asked) {
      const answer = await session.ask(one, 'predict', image, 'current');
      if (one.arm === which.arm && one.round === which.round) path = { ...(await session.ask(one, 'activePath', image, PATH_EDGES)), arm: shown };
      answers.push({ arm: shown, probabilities: answer?.probabilities ?? null, remaining: this.#remaining(one) });
    }
    return { answers, pixels: image, label: sample?.label ?? null, index: pixels ? null : index, count: this.config.test ?? 0, path };
  }
}
