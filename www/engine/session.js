/**
 * The experiment as the page runs it: one run at a time, and the verbs that it obeys. What they take is in session/.
 */
import { Refused } from './client.js';
import { Crew } from './crew.js';
import { leadLine, obstacles } from './plan.js';
import { restore, snapshot } from './session/keeping.js';
import { note, setAside, takeMasks } from './session/lines.js';
import { ask, askData, canShow, ticket } from './session/questions.js';
import { changed, onlyWidens } from './session/settings.js';
import { useOwnData } from './session/supplies.js';
import { abandon, bury, giveUpIdle, go, haltAll, report, withTickets } from './session/work.js';
import { Workshop } from './session/workshop.js';
import { keyOf } from './state.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Selection} Selection
 * @typedef {import('./session/keeping.js').Snapshot} Snapshot
 * @typedef {import('./session/workshop.js').Happening} Happening
 */

export class Session {
  #shop;
  /** The last choice of a config that is being taken. @type {Promise<unknown>} */ #choosing = Promise.resolve();

  /**
   * @param {object} options
   * @param {import('./pool.js').Pool} options.pool
   * @param {import('./session/workshop.js').LoadData} options.loadData
   */
  constructor({ pool, loadData }) {
    const crew = new Crew({
      pool,
      onDeath: (member, error) => bury(this.#shop, member, error),
      onWanted: () => void giveUpIdle(this.#shop),
    });
    this.#shop = new Workshop(crew, loadData);
  }

  get state() {
    return this.#shop.state;
  }

  /** How many workers this machine allows. */
  get workers() {
    return this.#shop.crew.limit;
  }

  /** @param {(state: State) => void} listener  @returns {() => void} ends it */
  subscribe(listener) {
    const { listeners } = this.#shop;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** @param {(name: Happening, detail: any) => void} watcher  @returns {() => void} ends it */
  watch(watcher) {
    const { watchers } = this.#shop;
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }

  dispose() {
    const shop = this.#shop;
    abandon(shop);
    // Nothing may be begun again by what is still ending.
    shop.dispatch({ type: 'reset' });
    shop.listeners.clear();
    shop.watchers.clear();
    shop.crew.dispose();
  }

  // --- settings ----------------------------------------------------------------------------------------------------------------

  /**
   * Choices are taken one after the other, in the order in which they were made: each changes what the one before has left.
   * @template Result
   * @param {() => Promise<Result>} act
   * @returns {Promise<Result>}
   */
  #inTurn(act) {
    const taken = this.#choosing.then(act);
    this.#choosing = taken.catch(() => {});
    return taken;
  }

  /**
   * One of the engine's functions that need no run.
   * @param {import('./protocol.js').EngineFunction} name
   * @param {...any} args
   */
  engine(name, ...args) {
    return this.#shop.crew.engine(name, ...args);
  }

  /**
   * Begins with the config that an address describes.
   * @param {string} address  the engine's part of it
   * @param {{seeds?: number, corrections?: string[]}} [more]
   */
  open(address, { seeds = 1, corrections = [] } = {}) {
    const opened = this.#inTurn(() => this.#open(address, seeds, corrections));
    opened.catch((error) => report(this.#shop, error));
    return opened;
  }

  /** @param {string} address @param {number} seeds @param {string[]} corrections */
  async #open(address, seeds, corrections) {
    const shop = this.#shop;
    const [fields, read] = await Promise.all([
      shop.state.fields.length > 0 ? shop.state.fields : this.engine('config_table'),
      this.engine('config_from_address', address),
    ]);
    shop.dispatch({ type: 'fields', fields });
    this.#begin(read.config, seeds, [...corrections, ...read.corrections]);
    shop.tell('ready', { config: read.config });
  }

  /**
   * Changes fields of the config. A change that leaves what was computed true (more rounds, other arms, more seeds) keeps it; any
   * other begins anew.
   * @param {Record<string, any>} changes
   * @param {{seeds?: number}} [more]
   */
  configure(changes, { seeds } = {}) {
    return this.#inTurn(() => this.#configure(changes, seeds ?? this.state.seeds));
  }

  /** @param {Record<string, any>} changes @param {number} seeds */
  async #configure(changes, seeds) {
    const before = this.state.config;
    const { config, corrections } = await changed(this.#shop.crew, this.state, changes);
    if (before && corrections.length === 0 && onlyWidens(before, config) && seeds >= this.state.seeds) {
      this.#shop.dispatch({ type: 'widened', config, seeds });
    } else {
      this.#begin(config, seeds, corrections);
    }
    return config;
  }

  /**
   * @param {import('./protocol.js').Config} config
   * @param {number} seeds
   * @param {string[]} corrections
   */
  #begin(config, seeds, corrections) {
    abandon(this.#shop);
    this.#shop.dispatch({ type: 'configured', config, seeds, corrections });
    this.#shop.tell('statechange', { phase: 'configured' });
  }

  /** The reader's own images in place of MNIST; null goes back. @param {import('./data.js').Supply | null} supply */
  useOwnData(supply) {
    useOwnData(this.#shop, supply);
  }

  // --- training ----------------------------------------------------------------------------------------------------------------

  /** Trains the present round of every arm to its end. */
  train() {
    if (!obstacles(this.state).train) go(this.#shop, leadLine(this.state)?.round ?? 0, false);
  }

  /** One training step of every arm in the present round. */
  step() {
    if (!obstacles(this.state).step) go(this.#shop, leadLine(this.state)?.round ?? 0, true);
  }

  /** Train, prune and restart, round after round, to the last. */
  async findTicket() {
    if (obstacles(this.state).findTicket || !this.state.config) return;
    if (leadLine(this.state)?.phase === 'pruned' && !(await this.rewind())) return;
    go(this.#shop, this.state.config.rounds, false);
  }

  /** Stops training where it is; nothing is lost. */
  pause() {
    const shop = this.#shop;
    if (!shop.state.going) return;
    shop.dispatch({ type: 'halted' });
    shop.tell('statechange', { phase: 'paused' });
    haltAll(shop);
  }

  /** Goes on with what was paused. */
  resume() {
    go(this.#shop, this.state.target, this.#shop.stepped !== null);
  }

  /** Tries the download again and goes on where it stopped. */
  retryData() {
    this.#shop.dispatch({ type: 'data', data: { status: 'none', error: null } });
    this.resume();
  }

  /** Everything as it was before the first step; workers that do not obey at once are replaced. */
  reset() {
    if (!this.state.config) return;
    abandon(this.#shop);
    this.#shop.dispatch({ type: 'reset' });
    this.#shop.tell('statechange', { phase: 'ready' });
  }

  // --- pruning and restarting --------------------------------------------------------------------------------------------------

  /** Every seed's ticket loses its share of weights. */
  async prune() {
    if (!obstacles(this.state).prune) await this.#cut({ type: 'prune' });
  }

  /**
   * Prunes by hand: what is smaller than the cut goes, in one layer or, with −1, in all.
   * @param {{layer: number, cut: number}} where
   */
  async pruneBy({ layer, cut }) {
    const phase = leadLine(this.state)?.phase;
    if (!this.state.going && (phase === 'trained' || phase === 'pruned')) await this.#cut({ type: 'prune-by', layer, threshold: cut });
  }

  /** Takes a pruning back. */
  async undoPrune() {
    if (!this.state.going && leadLine(this.state)?.phase === 'pruned') await this.#cut({ type: 'undo-prune' });
  }

  /** @param {{type: 'prune' | 'undo-prune'} | {type: 'prune-by', layer: number, threshold: number}} how */
  async #cut(how) {
    const shop = this.#shop;
    const done = await withTickets(shop, async (member, line, run) => {
      const summary = await member.client.request({ ...how, run });
      await takeMasks(shop, member, line.seed, line.round + (summary.phase === 'pruned' ? 1 : 0), run);
      note(shop, line.key, run, summary);
    });
    const lead = leadLine(shop.state);
    if (done && lead?.phase === 'pruned') shop.tell('prune', { round: lead.round, survivors: lead.survivors });
  }

  /** The survivors go back to the very weights they were born with; whether they did. */
  rewind() {
    return this.#restart('rewind');
  }

  /** The survivors get fresh random weights. */
  reinitialise() {
    return this.#restart('reinit');
  }

  /** @param {'rewind' | 'reinit'} kind */
  async #restart(kind) {
    const shop = this.#shop;
    if (obstacles(shop.state).rewind) return;
    const done = await withTickets(shop, async (member, line, run) => {
      note(shop, line.key, run, await member.client.request({ type: 'restart', run, kind }));
      await setAside(shop, member);
    });
    if (done) shop.tell('rewind', { kind, round: leadLine(shop.state)?.round ?? 0 });
    return done;
  }

  // --- looking -----------------------------------------------------------------------------------------------------------------

  /** @param {Selection | null} selection @param {string[]} [corrections]  what was wrong with its address */
  select(selection, corrections) {
    this.#shop.dispatch({ type: 'selected', selection, corrections });
  }

  /**
   * Opens a ticket from a file to look at: its config, its round, its network. One that the run at hand made is shown there; any
   * other begins a run of its own, unless this one has yet to come to that round.
   * @param {Uint8Array} file
   * @returns {Promise<Selection>}
   */
  async openTicket(file) {
    const shop = this.#shop;
    const member = await shop.crew.any();
    member.viewing = null;
    const info = await member.client.request({ type: 'view', ticket: file });
    const config = await this.engine('config_from_json', info.config ?? {});
    if (JSON.stringify(config.sizes) !== JSON.stringify(info.sizes)) {
      throw new Refused(`The ticket's network is ${info.sizes.join('-')}, but its config says ${config.sizes.join('-')}: the file contradicts itself.`);
    }
    const { seed } = config;
    const { round } = info;
    const { state } = shop;
    const fits = JSON.stringify(config) === JSON.stringify({ ...state.config, seed });
    // A file names no arm, but a fingerprint that the engine has checked.
    const head = new TextDecoder().decode(file.subarray(0, 1e4));
    const own = Object.values(state.lines).find(({ results }) => fits && results.some((result) => result.round === round && head.includes(/** @type {string} */ (result.startFingerprint))));
    const selection = { seed, arm: own?.arm ?? 'ticket', round };
    if (!own) {
      const key = keyOf(seed, 'ticket');
      const name = `${key}/${round}`;
      // In the place of another network it would pass for one of the run at hand.
      if (!fits || !state.lines[key] || shop.shelf.kept.has(name)) this.#begin(config, 1, []);
      shop.shelf.kept.set(name, file);
    }
    shop.dispatch({ type: 'selected', selection });
    shop.tell('statechange', { phase: 'opened' });
    return selection;
  }

  /** Whether a round can be looked at. @param {Selection} selection */
  canShow(selection) {
    return canShow(this.#shop, selection);
  }

  /** A finished round as a ticket file. @param {Selection} selection */
  ticket(selection) {
    return ticket(this.#shop, selection);
  }

  /** Rounds survived by each weight of a seed's ticket. @param {number} seed */
  age(seed) {
    return this.#shop.shelf.ages.get(seed) ?? null;
  }

  /**
   * A question about one round of one line. Null when nobody knows.
   * @param {Selection} selection
   * @param {string} what
   * @param {...any} args
   */
  ask(selection, what, ...args) {
    return ask(this.#shop, selection, what, args);
  }

  /**
   * A question about the data, to any engine that has it.
   * @param {string} what
   * @param {...any} args
   */
  askData(what, ...args) {
    return askData(this.#shop, what, args);
  }

  // --- keeping -----------------------------------------------------------------------------------------------------------------

  /** Everything that a later session needs to go on from here to the same bits. */
  snapshot() {
    return snapshot(this.#shop);
  }

  /**
   * Takes up what an earlier session left, for the config that is open now.
   * @param {Snapshot} left
   * @param {boolean} [goOn]  trains on if that one did
   * @returns {boolean} whether it fits
   */
  restore(left, goOn = false) {
    return restore(this.#shop, left, goOn);
  }
}
