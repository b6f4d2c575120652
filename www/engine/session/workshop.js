/**
 * What the parts of a session share: the state and whoever follows it, the workers, the data, what is set aside. Everything that
 * is shown comes from `state`; everything that happens goes through `reduce`.
 */
import { initialState, reduce } from '../state.js';

/**
 * @typedef {import('../state.js').State} State
 * @typedef {import('../state.js').Message} Message
 * @typedef {import('../data.js').Supply} Supply
 * @typedef {(wanted: {train: number, test: number, onProgress: (bytes: number, total: number) => void}) => Promise<Supply>} LoadData
 *
 * What happens, by name; the element makes DOM events of it.
 * @typedef {'ready' | 'progress' | 'round' | 'prune' | 'rewind' | 'error' | 'statechange'} Happening
 *
 * @typedef {{checkpoint: Uint8Array, summary: import('../protocol.js').EngineSummary}} Saved  a line set aside
 *
 * What was taken from the workers, structured-cloneable.
 * @typedef {object} Shelf
 * @property {Map<string, Saved>} saved         by line
 * @property {Map<string, Uint8Array>} kept     finished rounds as ticket files, by line and round
 * @property {Map<number, Uint8Array>} ages     rounds survived by each weight of the ticket, by seed
 * @property {Map<string, any>} portraits       what was asked when a round ended, by line, round and question
 */

/** A shelf of one's own with what lies on another. @param {Partial<Shelf>} [other]  @returns {Shelf} */
export const shelfOf = ({ saved, kept, ages, portraits } = {}) => ({
  saved: new Map(saved), kept: new Map(kept), ages: new Map(ages), portraits: new Map(portraits),
});

export class Workshop {
  /** @type {State} */ state = initialState();
  /** @type {Set<(state: State) => void>} */ listeners = new Set();
  /** @type {Set<(name: Happening, detail: any) => void>} */ watchers = new Set();
  shelf = shelfOf();
  /** The lines that took their step, while each is to take only one. @type {Set<string> | null} */ stepped = null;
  /** The reader's own images. @type {Supply | null} */ own = null;
  /** The data on their way or at hand, and for which wish. @type {{sign: string, coming: Promise<Supply>} | null} */ supplied = null;

  /**
   * @param {import('../crew.js').Crew} crew
   * @param {LoadData} loadData
   */
  constructor(crew, loadData) {
    this.crew = crew;
    this.loadData = loadData;
  }

  /** @param {Message} message */
  dispatch(message) {
    const before = this.state;
    this.state = reduce(before, message);
    if (this.state === before) return;
    for (const listener of this.listeners) listener(this.state);
  }

  /** @param {Happening} name @param {any} detail */
  tell(name, detail) {
    for (const watcher of this.watchers) watcher(name, detail);
  }

  /** Whether a run was not given up for another meanwhile. @param {number} run */
  isCurrent(run) {
    return run === this.state.run;
  }
}
