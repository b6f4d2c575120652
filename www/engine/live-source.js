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
 * @typedef {{round: number, arm?: string, seed?: number, layer?: number, index?: number, pixels?: Uint8Array}} View
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
    const endWatch = session.watch((name) => name === 'round' && news());
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
   * The data of a figure for a view; null when the run has not got there.
   * @param {string} name
   * @param {View} view
   * @returns {Promise<any>}
   */
  async figure(name, view) {
    const which = { seed: view.seed ?? this.seeds[0] ?? 0, arm: view.arm ?? 'ticket', round: view.round };
    // Round 0 is the dense network, which all arms share; controls have none of their own.
    if (which.round === 0 || which.arm === 'dense') Object.assign(which, { arm: this.#firstLine(which.seed), round: 0 });
    switch (name) {
      case 'connections':
        return this.#connections(which);
      case 'race':
        return this.#race(which);
      case 'weights':
        return this.#weights(which, view.layer);
      case 'scatter':
        return this.#scatter(which, view.layer);
      case 'movement':
        return this.#movement(which);
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
    const known = finished ? this.#answers : this.#standing;
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

  /** @param {Selection} which */
  #result(which) {
    const line = this.#session.state.lines[keyOf(which.seed, which.arm)];
    return line?.results.find(({ round }) => round === which.round);
  }

  /** 'trained' for a finished round, 'current' for the one under way. @param {Selection} which */
  #which(which) {
    return this.#session.ticket(which) ? 'trained' : 'current';
  }

  /** Rounds survived, as far as they are known: whole runs for the ticket, this round's mask for others. @param {Selection} which */
  async #age(which) {
    const { state } = this.#session;
    const known = which.arm === 'ticket' && (state.masks[which.seed] ?? 0) >= which.round;
    return (known ? this.#session.age(which.seed) : null) ?? this.#ask(which, 'age');
  }

  /**
   * What the ticket of a round has in common with each other seed's, layer by layer: shares of its connections, and what chance
   * would give.
   * @param {Selection} which
   * @returns {Promise<{shared: number, chance: number}[][]>}
   */
  async overlaps(which) {
    const session = this.#session;
    const { masks } = session.state;
    const others = this.seeds.filter((seed) => which.arm === 'ticket' && which.round > 0 && seed !== which.seed && masks[seed] >= which.round);
    return (await Promise.all(others.map((seed) => session.ask(which, 'overlap', session.age(seed), which.round)))).filter(Boolean);
  }

  /** @param {Selection} which */
  async #connections(which) {
    if (!this.#session.canShow(which)) return null;
    const weight = this.#which(which);
    const [age, weights, start, placement] = await Promise.all([
      this.#age(which),
      this.#eachLayer((layer) => this.#ask(which, 'weights', layer, weight)),
      this.#eachLayer((layer) => this.#ask(which, 'weights', layer, 'initial')),
      this.#ask(which, 'placement'),
    ]);
    if (weights.includes(null) || start.includes(null)) return null;
    return { sizes: this.config.sizes, age, round: which.round, weights, start, placement, cut: null, arm: which.arm, which: weight };
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
      curves.push({ id: keyOf(seed, line.arm), arm: round === 0 ? 'dense' : line.arm, seed, points, earlyStopStep: result?.earlyStopStep ?? null });
    }
    const dense = lines.flatMap(({ results }) => results).find((result) => result.round === 0);
    if (round > 0 && dense?.curve?.length) {
      curves.unshift({ id: keyOf(seed, 'dense'), arm: 'dense', seed, points: dense.curve, earlyStopStep: dense.earlyStopStep });
    }
    const remaining = lines.find((line) => line.round === round)?.remaining ?? lines.flatMap(({ results }) => results).find((result) => result.round === round)?.remaining;
    return { curves, steps: this.config.steps ?? 1, round, remaining: remaining ?? undefined };
  }

  /** @param {Selection} which @param {number} [layer] */
  async #weights(which, layer) {
    if (!this.#session.canShow(which)) return null;
    const weight = this.#which(which);
    const count = (this.config.sizes?.length ?? 1) - 1;
    const layers = await Promise.all(
      [-1, ...Array.from({ length: count }, (_, index) => index)].map(async (index) => {
        const found = await this.#ask(which, 'histogram', index, weight, BINS);
        return found && { layer: index, ...found };
      }),
    );
    if (layers.includes(null)) return null;
    const lead = this.#session.state.lines[keyOf(which.seed, which.arm)];
    const newest = which.arm === 'ticket' && lead?.round === which.round && !this.#session.state.going;
    const canCut = newest && (lead.phase === 'trained' || lead.phase === 'pruned') && which.round < this.rounds;
    return { layers, layer: layer ?? 0, which: weight, canCut, canUndo: newest && lead.phase === 'pruned' };
  }

  /** @param {Selection} which @param {number} [layer] */
  async #scatter(which, layer) {
    if (!this.#session.canShow(which)) return null;
    const { sizes = [] } = this.config;
    const layers = await this.#eachLayer(async (index) => {
      const points = await this.#ask(which, 'scatter', index, POINTS);
      return points && { layer: index, points, total: sizes[index] * sizes[index + 1] };
    });
    return layers.includes(null) ? null : { layers, layer: layer ?? 0, round: which.round };
  }

  /** @param {Selection} which */
  async #movement(which) {
    if (!this.#session.canShow(which)) return null;
    const layers = await this.#ask(which, 'movement');
    return layers && { layers, round: which.round };
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
          this.#ask(which, 'weights', index, this.#which(which)),
          this.#ask(which, 'units', index),
        ]);
        return { inputs, outputs, age: own, initial, trained, dead, outDegree };
      }),
    );
    return { layers, layer: Math.min(layer ?? 0, Math.max(0, layers.length - 1)), round: which.round, rounds: Math.max(which.round, this.#session.state.masks[which.seed] ?? 0) };
  }

  /** @param {Selection} which */
  async #pixels(which) {
    if (!this.#session.canShow(which)) return null;
    const [fanOut, mean] = await Promise.all([this.#ask(which, 'fanOut'), this.#session.askData('meanImage')]);
    return fanOut && { fanOut, outputs: this.config.sizes?.[1] ?? 1, mean, round: which.round, remaining: this.#result(which)?.remaining };
  }

  /** @param {Selection} which @param {View} view */
  async #digit(which, { index = 0, pixels }) {
    const session = this.#session;
    const sample = pixels ? null : await session.askData('sample', 'test', index);
    const image = pixels ?? sample?.pixels ?? null;
    const others = Object.values(session.state.lines).filter(({ seed, control }) => seed === which.seed && control);
    const asked = [
      { ...which, arm: this.#firstLine(which.seed), round: 0, shown: 'dense' },
      ...(which.round > 0 ? [{ ...which, shown: which.arm }] : []),
      ...others.slice(0, 1).filter(({ arm }) => which.round > 0 && arm !== which.arm).map(({ arm }) => ({ ...which, arm, shown: arm })),
    ].filter((one) => session.ticket(one));
    if (!image) return { answers: asked.map(({ shown }) => ({ arm: shown, probabilities: null })), count: 0 };
    const answers = [];
    let path = null;
    // One after another: each kept ticket is opened in the same viewing engine.
    for (const { shown, ...one } of asked) {
      const answer = await session.ask(one, 'predict', image, 'trained');
      if (one.arm === which.arm && one.round === which.round) path = await session.ask(one, 'activePath', image, PATH_EDGES);
      answers.push({ arm: shown, probabilities: answer?.probabilities ?? null, remaining: this.#result(one)?.remaining });
    }
    return { answers, pixels: image, label: sample?.label ?? null, index: pixels ? null : index, count: this.config.test ?? 0, path };
  }
}
