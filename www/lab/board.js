/**
 * What the figures show: fills their data from the live run, once after each change, and while a round trains at a pace that
 * training does not feel.
 */
import { LiveSource } from '../engine/live-source.js';
import { leadLine } from '../engine/plan.js';
import { seedsOf } from '../engine/state.js';
import { oneAtATime } from './one-at-a-time.js';

/**
 * @typedef {import('../engine/session.js').Session} Session
 * @typedef {import('../engine/state.js').Selection} Selection
 * @typedef {'weights' | 'scatter' | 'movement' | 'units' | 'pixels' | 'digit'} Look
 */

/** @type {Look[]} */
export const LOOKS = ['weights', 'scatter', 'movement', 'units', 'pixels', 'digit'];

/** A live picture of the connections at this pace costs training about a hundredth; many connections take longer to draw. */
const LIVE_MS = 1500;
const LIVE_MANY_MS = 5000;
const MANY = 20_000;
const CURVES_MS = 200;
const LONGEST_MOVEMENT_MS = 3000;

/** @param {any} one @param {any} other */
const same = (one, other) =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, at) => value === other[at]));

/**
 * What a figure has already, where the news are the same: it then need not draw again.
 * @param {any} old
 * @param {any} now
 */
const sameOr = (old, now) => (old && now && Object.keys({ ...old, ...now }).every((name) => same(old[name], now[name])) ? old : now);

export class Board {
  #session;
  #source;
  #changed;
  /** @type {Record<string, any>} the data of each figure by name */ data = {};
  /** @type {Look} */ look = 'weights';
  /** @type {{index?: number, pixels?: Uint8Array}} */ digit = { index: 0 };
  #livePictureAt = 0;
  #curvesAt = 0;
  #end;
  #over = false;
  /** A picture that is moving: new data wait for it. @type {Promise<unknown>} */ #moving = Promise.resolve();

  /**
   * @param {Session} session
   * @param {() => void} changed  called when figures have new data
   */
  constructor(session, changed) {
    this.#session = session;
    this.#changed = changed;
    this.#source = new LiveSource(session);
    this.#source.addEventListener('change', () => this.refresh());
    this.#end = session.subscribe(() => this.#tick());
  }

  dispose() {
    this.#over = true;
    this.#end();
    this.#source.dispose();
  }

  /** The newest round of the first seed's lead line. @returns {Selection} */
  get newest() {
    const { state } = this.#session;
    const lead = leadLine(state);
    return { seed: seedsOf(state)[0] ?? 0, arm: lead?.arm ?? 'ticket', round: lead?.round ?? 0 };
  }

  /** What is looked at. */
  get shown() {
    return this.#session.state.selection ?? this.newest;
  }

  /** @param {Look} look */
  show(look) {
    this.look = look;
    void this.#fillLook();
  }

  /**
   * Shows in the picture what a cut would take.
   * @param {number} cut
   * @param {number} layer  −1: all
   */
  fadeBelow(cut, layer) {
    const { connections } = this.data;
    if (!connections) return;
    const cuts = connections.sizes.slice(1).map((/** @type {number} */ _, /** @type {number} */ index) => (layer < 0 || layer === index ? cut : 0));
    this.data = { ...this.data, connections: { ...connections, cut: cuts } };
    this.#changed();
  }

  /**
   * Lets a picture finish its movement before it gets new data, though not for ever: hidden tabs draw no frames.
   * @param {Promise<unknown> | undefined} movement
   */
  holdFor(movement) {
    this.#moving = Promise.race([Promise.resolve(movement).catch(() => {}), new Promise((resolve) => setTimeout(resolve, LONGEST_MOVEMENT_MS))]);
  }

  refresh = oneAtATime(() => this.#fill());

  #tick() {
    const { state } = this.#session;
    const now = performance.now();
    if (now - this.#curvesAt > CURVES_MS) {
      this.#curvesAt = now;
      void this.#fillCurves();
    }
    const line = Object.values(state.lines).find(({ seed, arm }) => seed === this.shown.seed && arm === this.shown.arm);
    const connections = line?.survivors.reduce((sum, count) => sum + count, 0) ?? 0;
    const pace = connections > MANY ? LIVE_MANY_MS : LIVE_MS;
    if (state.going && line?.phase === 'training' && line.round === this.shown.round && now - this.#livePictureAt > pace) {
      this.#livePictureAt = now;
      this.refresh();
    }
  }

  async #fillCurves() {
    const race = await this.#source.figure('race', this.shown);
    if (this.#over) return;
    this.data = { ...this.data, race };
    this.#changed();
  }

  async #fill() {
    if (this.#over) return;
    const { state } = this.#session;
    const { config } = state;
    const view = { ...this.shown };
    const results = this.#source.results();
    this.data = {
      ...this.data,
      ladder: { results, round: view.round, steps: config?.steps },
      rounds: { results, round: view.round, address: location.href },
    };
    this.#changed();
    await this.#moving;
    const [connections, race] = await Promise.all([this.ask('connections'), this.ask('race')]);
    const overlaps = await this.#overlaps(view).catch(() => []);
    this.data = { ...this.data, connections: sameOr(this.data.connections, connections), race, overlaps, shown: view };
    this.#changed();
    await this.#fillLook();
  }

  /**
   * What the ticket of a round has in common with each other seed's, layer by layer: shares of its connections, and what chance
   * would give.
   * @param {Selection} which
   * @returns {Promise<{shared: number, chance: number}[][]>}
   */
  async #overlaps(which) {
    const session = this.#session;
    const { masks } = session.state;
    const others = this.#source.seeds.filter((seed) => which.arm === 'ticket' && which.round > 0 && seed !== which.seed && masks[seed] >= which.round);
    return (await Promise.all(others.map((seed) => session.ask(which, 'overlap', session.age(seed), which.round)))).filter(Boolean);
  }

  async #fillLook() {
    const { look } = this;
    const looked = await this.ask(look);
    this.data = { ...this.data, [look]: sameOr(this.data[look], looked) };
    if (!this.#over) this.#changed();
  }

  /** A figure's data of what is shown. @param {string} name @returns {Promise<any>} */
  ask(name) {
    const view = { ...this.shown, chosen: true, ...(name === 'digit' ? this.digit : {}) };
    return this.#source.figure(name, view).catch(() => null);
  }
}
