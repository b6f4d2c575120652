/**
 * One figure's data: from the recorded run until the reader's own has something to show. Knows which data a figure wants, and
 * asks no more often than it can be seen.
 */
import { LiveSource } from '../engine/live-source.js';
import { leadLine } from '../engine/plan.js';
import { seedsOf } from '../engine/state.js';
import { oneAtATime } from '../lab/one-at-a-time.js';

/**
 * @typedef {import('../engine/session.js').Session} Session
 * @typedef {import('../lesson/recorded.js').RecordedSource} RecordedSource
 * @typedef {{round?: number, layer?: number, index?: number, pixels?: Uint8Array}} Choice
 */

/** Curves and pictures are of one run; these are of all. */
export const OVERVIEWS = ['ladder', 'rounds'];
export const FIGURES = ['race', 'ladder', 'connections', 'rounds', 'weights', 'scatter', 'movement', 'units', 'pixels', 'digit'];

/** Figures that are about one network take longer to fill than curves. @type {Record<string, number>} */
const PACE_MS = { race: 200, ladder: 200, rounds: 200 };
const SLOW_MS = 1500;
/** The recording holds these of the dense network alone. */
const DENSE_ONLY = new Set(['weights', 'scatter', 'movement']);

export class Picture {
  #name;
  #changed;
  /** @type {{session: Session, source: LiveSource, end: () => void} | null} */ #live = null;
  #filledAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | null} */ #later = null;
  #over = false;
  /** @type {RecordedSource | null} */ recorded = null;
  /** @type {Choice} */ choice = {};
  /** @type {any} */ data = null;
  /** Where `data` is from. @type {'recorded' | 'live' | null} */ shows = null;

  /** @param {string} name  one of FIGURES @param {() => void} changed */
  constructor(name, changed) {
    this.#name = name;
    this.#changed = changed;
  }

  /** @param {RecordedSource} source */
  useRecorded(source) {
    this.recorded = source;
    this.refresh();
  }

  /** @param {Session} session */
  useLive(session) {
    const source = new LiveSource(session);
    const refresh = () => this.refresh();
    source.addEventListener('change', refresh);
    const end = session.subscribe(() => {
      if (session.state.going) this.#soon();
    });
    this.#live = { session, source, end };
  }

  /** @param {Choice} choice */
  choose(choice) {
    this.choice = { ...this.choice, ...choice };
    this.refresh();
  }

  end() {
    this.#over = true;
    if (this.#later !== null) clearTimeout(this.#later);
    this.#live?.end();
    this.#live?.source.dispose();
  }

  #soon() {
    if (this.#later !== null) return;
    const pace = PACE_MS[this.#name] ?? SLOW_MS;
    this.#later = setTimeout(() => {
      this.#later = null;
      this.refresh();
    }, Math.max(0, this.#filledAt + pace - performance.now()));
  }

  refresh = oneAtATime(() => this.#fill().finally(() => (this.#filledAt = performance.now())));

  async #fill() {
    if (this.#over) return;
    const live = this.#live && (await this.#fromLive(this.#live).catch(() => null));
    if (this.#over) return;
    if (live) {
      this.data = live;
      this.shows = 'live';
    } else if (this.recorded && this.shows !== 'live') {
      const data = await this.#fromRecorded(this.recorded).catch(() => null);
      if (this.#over) return;
      this.data = data;
      this.shows = data ? 'recorded' : null;
    } else return;
    this.#changed();
  }

  /** @param {{session: Session, source: LiveSource}} live */
  async #fromLive({ session, source }) {
    const { state } = session;
    const lead = leadLine(state);
    const round = Math.min(this.choice.round ?? lead?.round ?? 0, state.config?.rounds ?? 0);
    const results = source.results();
    if (OVERVIEWS.includes(this.#name)) {
      return results.length > 0 ? this.#overview(results, round, state.config) : null;
    }
    const data = await source.figure(this.#name, { ...this.choice, round, seed: seedsOf(state)[0] });
    return this.#name === 'race' && data?.curves.length === 0 ? null : data;
  }

  /** @param {RecordedSource} source */
  async #fromRecorded(source) {
    const round = Math.min(this.choice.round ?? (DENSE_ONLY.has(this.#name) ? 0 : Infinity), source.rounds);
    if (OVERVIEWS.includes(this.#name)) return this.#overview(source.results(), round, source.config);
    const data = await source.figure(/** @type {any} */ (this.#name), { ...this.choice, round });
    // There is nothing behind a recording that could be cut.
    return this.#name === 'weights' && data ? { ...data, canCut: false } : data;
  }

  /** @param {any[]} results @param {number} round @param {Record<string, any> | null} config */
  #overview(results, round, config) {
    return this.#name === 'ladder'
      ? { results, round, steps: config?.steps }
      : { results, round, address: '' };
  }
}
