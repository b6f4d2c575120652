/**
 * The experiment as the page runs it: the state, the verbs, and the workers that do them. Everything that is shown comes from
 * `state`; everything that happens goes through `reduce`.
 */
import { Refused, WorkerDied } from './client.js';
import { Crew } from './crew.js';
import { messageOf } from './protocol.js';
import { portrait } from './portrait.js';
import { isSettled, leadLine, obstacles, runnable, tickets } from './plan.js';
import { initialState, keyOf, reduce } from './state.js';
import { DataError } from './unpack.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Message} Message
 * @typedef {import('./state.js').Selection} Selection
 * @typedef {import('./crew.js').Member} Member
 * @typedef {import('./plan.js').Task} Task
 * @typedef {import('./data.js').Supply} Supply
 * @typedef {import('./protocol.js').EngineSummary} EngineSummary
 *
 * @typedef {{checkpoint: Uint8Array, summary: EngineSummary}} Saved  a line set aside
 *
 * A session set aside as a whole, structured-cloneable.
 * @typedef {object} Snapshot
 * @property {2} version
 * @property {import('./protocol.js').Config | null} config
 * @property {number} seeds
 * @property {State['lines']} lines
 * @property {State['masks']} masks
 * @property {Map<number, Uint8Array>} ages
 * @property {Map<string, Saved>} saved
 * @property {Map<string, Uint8Array>} kept
 * @property {Map<string, any>} portraits
 * @property {boolean} going   whether it trained on, and up to which round
 * @property {number} target
 *
 * What happens, by name; the element makes DOM events of it.
 * @typedef {'ready' | 'progress' | 'round' | 'prune' | 'rewind' | 'error' | 'statechange'} Happening
 */

/** A worker that has not obeyed by then is ended. */
const OBEY_RESET_MS = 100;
const OBEY_PAUSE_MS = 2000;

/** @param {number} ms */
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Session {
  /** @type {State} */ #state = initialState();
  /** @type {Set<(state: State) => void>} */ #listeners = new Set();
  /** @type {Set<(name: Happening, detail: any) => void>} */ #watchers = new Set();
  #crew;
  #loadData;
  /** @type {Supply | null} */ #own = null;
  /** @type {Map<string, Saved>} */ #saved = new Map();
  /** @type {Map<string, Uint8Array>} */ #kept = new Map();
  /** @type {Map<number, Uint8Array>} */ #ages = new Map();
  /** What was asked when a round ended. @type {Map<string, any>} */ #portraits = new Map();
  /** @type {Set<string> | null} */ #stepped = null;
  /** @type {Promise<Supply> | null} */ #supplying = null;
  #supplyFor = '';
  /** The last choice of a config that is being taken. @type {Promise<void>} */ #choosing = Promise.resolve();

  /**
   * @param {object} options
   * @param {import('./pool.js').Pool} options.pool
   * @param {(wanted: {train: number, test: number, onProgress: (bytes: number, total: number) => void}) => Promise<Supply>} options.loadData
   */
  constructor({ pool, loadData }) {
    this.#loadData = loadData;
    this.#crew = new Crew({
      pool,
      onDeath: (member, error) => this.#bury(member, error),
      onWanted: () => void this.#giveUpIdle(),
    });
  }

  get state() {
    return this.#state;
  }

  /** How many workers this machine allows. */
  get workers() {
    return this.#crew.limit;
  }

  /** @param {(state: State) => void} listener  @returns {() => void} ends it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {(name: Happening, detail: any) => void} watcher  @returns {() => void} ends it */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** @param {Message} message */
  #dispatch(message) {
    const before = this.#state;
    this.#state = reduce(before, message);
    if (this.#state === before) return;
    for (const listener of this.#listeners) listener(this.#state);
  }

  /** @param {Happening} name @param {any} detail */
  #tell(name, detail) {
    for (const watcher of this.#watchers) watcher(name, detail);
  }

  // --- configuration -----------------------------------------------------------------------------------------------------------

  /**
   * Choices are taken one after the other, in the order in which they were made: each changes what the one before has left.
   * @template Result
   * @param {() => Promise<Result>} act
   * @returns {Promise<Result>}
   */
  #inTurn(act) {
    const taken = this.#choosing.then(act);
    this.#choosing = taken.then(() => {}, () => {});
    return taken;
  }

  /**
   * One of the engine's functions that need no run.
   * @param {import('./protocol.js').EngineFunction} name
   * @param {...any} args
   */
  async engine(name, ...args) {
    const client = await this.#crew.anyone();
    return client.request({ type: 'function', name, args }).catch(async (error) => {
      // Another's worker may go while it is asked.
      if (!(error instanceof WorkerDied)) throw error;
      return (await this.#crew.any()).client.request({ type: 'function', name, args });
    });
  }

  /**
   * Begins with the config that an address describes.
   * @param {string} address  the engine's part of it
   * @param {{seeds?: number, corrections?: string[]}} [more]
   */
  open(address, { seeds = 1, corrections = [] } = {}) {
    const opened = this.#inTurn(() => this.#open(address, seeds, corrections));
    // A worker that died was reported when it did.
    opened.catch((error) => error instanceof WorkerDied || this.#fail(error));
    return opened;
  }

  /** @param {string} address @param {number} seeds @param {string[]} corrections */
  async #open(address, seeds, corrections) {
    const [fields, read] = await Promise.all([
      this.#state.fields.length > 0 ? this.#state.fields : this.engine('config_table'),
      this.engine('config_from_address', address),
    ]);
    this.#dispatch({ type: 'fields', fields });
    this.#begin(read.config, seeds, [...corrections, ...read.corrections]);
    this.#tell('ready', { config: read.config });
  }

  /**
   * Changes fields of the config. A change that leaves what was computed true (more rounds, other arms, more seeds) keeps it; any
   * other begins anew.
   * @param {Record<string, any>} changes
   * @param {{seeds?: number}} [more]
   */
  configure(changes, { seeds } = {}) {
    return this.#inTurn(() => this.#configure(changes, seeds ?? this.#state.seeds));
  }

  /** @param {Record<string, any>} changes @param {number} seeds */
  async #configure(changes, seeds) {
    const before = this.#state.config;
    // Another preset means its defaults, for everything but the seed.
    const base = 'preset' in changes ? { seed: before?.seed ?? 0 } : before;
    const { config, corrections } = await this.engine('config_from_json', { ...base, ...changes }).then(
      (valid) => ({ config: valid, corrections: /** @type {string[]} */ ([]) }),
      (refused) => this.#mend(before, changes, refused),
    );
    if (before && corrections.length === 0 && onlyWidens(before, config) && seeds >= this.#state.seeds) {
      this.#dispatch({ type: 'widened', config, seeds });
    } else {
      this.#begin(config, seeds, corrections);
    }
    return config;
  }

  /**
   * Fewer steps than lie between two evaluations: where a change is right by itself and only another field stands against it, that
   * field gives way, with a sentence.
   * @param {import('./protocol.js').Config | null} before
   * @param {Record<string, any>} changes
   * @param {unknown} refused
   */
  async #mend(before, changes, refused) {
    const names = Object.keys(changes);
    if (!(refused instanceof Refused) || !before || names.length !== 1) throw refused;
    const [name] = names;
    if (!this.#state.fields.some((field) => field.name === name)) throw refused;
    const rest = (await this.engine('config_to_address', before)).split('&').filter((/** @type {string} */ part) => !part.startsWith(`${name}=`));
    const mended = await this.engine('config_from_address', [`${name}=${encodeURIComponent(changes[name] ?? '')}`, ...rest].join('&'));
    if (mended.corrections.some((/** @type {string} */ sentence) => sentence.startsWith(`${name} must be`))) throw refused;
    return mended;
  }

  /**
   * @param {import('./protocol.js').Config} config
   * @param {number} seeds
   * @param {string[]} corrections
   */
  #begin(config, seeds, corrections) {
    this.#abandon();
    this.#dispatch({ type: 'configured', config, seeds, corrections });
    this.#tell('statechange', { phase: 'configured' });
  }

  // --- data --------------------------------------------------------------------------------------------------------------------

  /**
   * The reader's own images in place of MNIST; null goes back.
   * @param {Supply | null} supply
   */
  useOwnData(supply) {
    this.#own = supply;
    this.#supplying = null;
    this.#dispatch({ type: 'data', data: { status: 'none', error: null, source: supply?.name ?? 'mnist' } });
  }

  /** @returns {Promise<Supply>} */
  #supply() {
    const { config } = this.#state;
    if (!config) throw new Error('There is no config yet.');
    if (config.data === 'own' && !this.#own) {
      return Promise.reject(new DataError('This run is about images of your own: drop their IDX files here, or choose the data set mnist.'));
    }
    const wanted = { train: config.examples + config.validation, test: config.test };
    const sign = JSON.stringify([wanted, config.data === 'own' ? this.#own?.key : 'mnist']);
    if (this.#supplying && this.#supplyFor === sign) return this.#supplying;
    this.#supplyFor = sign;
    const loading = config.data === 'own' && this.#own ? Promise.resolve(this.#own) : this.#download(wanted);
    this.#supplying = loading;
    loading.catch(() => {
      if (this.#supplying === loading) this.#supplying = null;
    });
    return loading;
  }

  /** @param {{train: number, test: number}} wanted */
  async #download(wanted) {
    this.#dispatch({ type: 'data', data: { status: 'loading', error: null } });
    const onProgress = (/** @type {number} */ bytes, /** @type {number} */ total) =>
      this.#dispatch({ type: 'data', data: { bytes, total } });
    return this.#loadData({ ...wanted, onProgress });
  }

  // --- verbs -------------------------------------------------------------------------------------------------------------------

  /** Trains the present round of every arm to its end. */
  train() {
    if (obstacles(this.#state).train) return;
    this.#go(leadLine(this.#state)?.round ?? 0, false);
  }

  /** One training step of every arm in the present round. */
  step() {
    if (obstacles(this.#state).step) return;
    this.#go(leadLine(this.#state)?.round ?? 0, true);
  }

  /** Train, prune and restart, round after round, to the last. */
  async findTicket() {
    if (obstacles(this.#state).findTicket || !this.#state.config) return;
    if (leadLine(this.#state)?.phase === 'pruned') await this.rewind();
    this.#go(this.#state.config?.rounds ?? 0, false);
  }

  /** @param {number} target @param {boolean} singly */
  #go(target, singly) {
    this.#stepped = singly ? new Set() : null;
    this.#dispatch({ type: 'went', target });
    this.#tell('statechange', { phase: 'training' });
    this.#assign();
  }

  /** Stops training where it is; nothing is lost. */
  pause() {
    if (!this.#state.going) return;
    this.#dispatch({ type: 'halted' });
    this.#tell('statechange', { phase: 'paused' });
    for (const member of this.#crew.members) if (member.task) void this.#halt(member, OBEY_PAUSE_MS);
  }

  /** Every seed's ticket loses its share of weights. */
  async prune() {
    if (!obstacles(this.#state).prune) await this.#cut({ type: 'prune' });
  }

  /** Prunes the first seed's ticket by hand: what is smaller than the threshold goes. @param {number} threshold */
  async pruneBy(threshold) {
    const phase = leadLine(this.#state)?.phase;
    if (!this.#state.going && (phase === 'trained' || phase === 'pruned')) await this.#cut({ type: 'prune-by', threshold });
  }

  /** Takes a pruning back. */
  async undoPrune() {
    if (!this.#state.going && leadLine(this.#state)?.phase === 'pruned') await this.#cut({ type: 'undo-prune' });
  }

  /** @param {{type: 'prune' | 'undo-prune'} | {type: 'prune-by', threshold: number}} how */
  async #cut(how) {
    await this.#withTickets(async (member, line, run) => {
      const summary = await member.client.request({ ...how, run });
      await this.#takeMasks(member, line.seed, line.round + (summary.phase === 'pruned' ? 1 : 0), run);
      this.#note(line.key, run, summary);
    });
    const lead = leadLine(this.#state);
    if (lead?.phase === 'pruned') this.#tell('prune', { round: lead.round, survivors: lead.survivors });
  }

  /**
   * Opens a ticket from a file to look at: its config, its round, its network.
   * @param {Uint8Array} file
   * @returns {Promise<Selection>}
   */
  async openTicket(file) {
    const member = await this.#crew.any();
    member.viewing = null;
    const info = await member.client.request({ type: 'view', ticket: file });
    const config = await this.engine('config_from_json', info.config ?? {});
    if (JSON.stringify(config.sizes) !== JSON.stringify(info.sizes)) {
      throw new Refused(`The ticket's network is ${info.sizes.join('-')}, but its config says ${config.sizes.join('-')}: the file contradicts itself.`);
    }
    if (JSON.stringify(config) !== JSON.stringify(this.#state.config)) this.#begin(config, 1, []);
    const selection = { seed: config.seed, arm: 'ticket', round: info.round };
    this.#kept.set(`${keyOf(selection.seed, 'ticket')}/${info.round}`, file);
    this.#dispatch({ type: 'selected', selection });
    this.#tell('statechange', { phase: 'opened' });
    return selection;
  }

  /** The survivors go back to the very weights they were born with. */
  rewind() {
    return this.#restart('rewind');
  }

  /** The survivors get fresh random weights. */
  reinitialise() {
    return this.#restart('reinit');
  }

  /** @param {'rewind' | 'reinit'} kind */
  async #restart(kind) {
    if (obstacles(this.#state).rewind) return;
    await this.#withTickets(async (member, line, run) => {
      this.#note(line.key, run, await member.client.request({ type: 'restart', run, kind }));
      await this.#setAside(member, line.key, run);
    });
    this.#tell('rewind', { kind, round: leadLine(this.#state)?.round ?? 0 });
  }

  /** Everything as it was before the first step; workers that do not obey at once are replaced. */
  reset() {
    if (!this.#state.config) return;
    this.#abandon();
    this.#dispatch({ type: 'reset' });
    this.#tell('statechange', { phase: 'ready' });
  }

  /** Goes on with what was paused. */
  resume() {
    this.#go(this.#state.target, this.#stepped !== null);
  }

  /** Tries the download again and goes on where it stopped. */
  retryData() {
    this.#dispatch({ type: 'data', data: { status: 'none', error: null } });
    this.resume();
  }

  /** @param {Selection | null} selection @param {string[]} [corrections]  what was wrong with its address */
  select(selection, corrections) {
    this.#dispatch({ type: 'selected', selection, corrections });
  }

  dispose() {
    this.#abandon();
    // Nothing may be begun again by what is still ending.
    this.#dispatch({ type: 'reset' });
    this.#listeners.clear();
    this.#watchers.clear();
    this.#crew.dispose();
  }

  // --- work --------------------------------------------------------------------------------------------------------------------

  /** Gives every free worker the most urgent task; called whenever something ended. */
  #assign() {
    const state = this.#state;
    if (!state.going) return;
    const busy = new Set(this.#crew.members.flatMap(({ task }) => (task ? [task.key] : [])));
    const open = runnable(state).filter(({ key }) => !busy.has(key) && !this.#stepped?.has(key));
    if (open.length === 0 && busy.size === 0) {
      this.#dispatch({ type: 'halted' });
      this.#tell('statechange', { phase: isSettled(this.#state) ? 'trained' : 'paused' });
      if (this.#crew.wanted) void this.#giveUpIdle();
      return;
    }
    const taken = new Set(busy);
    for (const task of open) {
      if (taken.has(task.key)) continue;
      const member = this.#crew.free(task, (key) => open.some((other) => other.key === key) || !state.lines[key]?.control);
      if (!member) {
        this.#hire();
        return;
      }
      taken.add(task.key);
      member.task = task;
      void this.#work(member, task, state.run);
    }
    if (this.#crew.wanted) void this.#giveUpIdle();
  }

  #hire() {
    this.#crew.hire()?.then(
      () => this.#assign(),
      // A worker that died was reported when it did.
      (error) => error instanceof WorkerDied || this.#fail(error),
    );
  }

  /**
   * One round of one line on one worker, as far as it goes before somebody stops it.
   * @param {Member} member
   * @param {Task} task
   * @param {number} run
   */
  async #work(member, task, run) {
    try {
      await this.#prepare(member);
      if (this.#isCurrent(run)) await this.#position(member, task, run);
      if (this.#isCurrent(run) && this.#state.going) {
        const reason = await this.#train(member, run);
        if (this.#stepped && reason === 'limit') this.#stepped.add(task.key);
        if (reason === 'round' && this.#isCurrent(run)) await this.#keepTicket(member, task, run);
        if (reason === 'diverged') this.#fail(new Error(`The arm ${task.arm} diverged: its loss is no longer a number. Try a smaller learning rate.`));
      }
    } catch (error) {
      if (this.#isCurrent(run) && !(error instanceof WorkerDied)) this.#fail(error);
    } finally {
      member.task = null;
      this.#assign();
    }
  }

  /** @param {number} run */
  #isCurrent(run) {
    return run === this.#state.run;
  }

  /** Data for a worker. @param {Member} member */
  async #prepare(member) {
    const supply = await this.#supply();
    const needed = { train: member.loaded.train < supply.train.length, test: member.loaded.test < supply.test.length };
    if (member.loaded.key !== supply.key || needed.train || needed.test) await this.#crew.equip(member, supply);
    const count = (/** @type {{count: number}[]} */ shards) => shards.reduce((sum, shard) => sum + shard.count, 0);
    this.#dispatch({
      type: 'data',
      data: { status: 'ready', error: null, train: count(supply.train), test: count(supply.test), source: supply.name },
    });
  }

  /**
   * Brings a worker's engine to where a task begins or goes on.
   * @param {Member} member
   * @param {Task} task
   * @param {number} run
   */
  async #position(member, task, run) {
    const { client } = member;
    await this.#hold(member, task, run);
    if (task.control) {
      const line = this.#state.lines[task.key];
      if (member.round === task.round && line?.phase === 'training') return;
      const age = this.#ages.get(task.seed);
      if (!age) throw new Error(`The masks of seed ${task.seed} are missing.`);
      this.#note(task.key, run, await client.request({ type: 'begin-round', run, round: task.round, age }));
      member.round = task.round;
      return;
    }
    const line = this.#state.lines[task.key];
    if (line?.phase === 'trained' && line.round < task.round) {
      this.#note(task.key, run, await client.request({ type: 'next-round', run }));
      if (task.arm === 'ticket') await this.#takeMasks(member, task.seed, task.round, run);
    }
    member.round = task.round;
  }

  /**
   * Makes a worker hold a line: its own still, or one set aside, or a fresh one.
   * @param {Member} member
   * @param {{key: string, seed: number, arm: string, control: boolean, round: number}} task
   * @param {number} run
   */
  async #hold(member, task, run) {
    if (member.holds === task.key && member.run === run) return;
    await this.#leave(member);
    const other = this.#crew.holderOf(task.key);
    if (other && other !== member && other.run === run) await this.#leave(other);
    const config = /** @type {import('./protocol.js').Config} */ ({ ...this.#state.config, seed: task.seed });
    const saved = this.#saved.get(task.key);
    const fits = saved && (!task.control || saved.summary.round === task.round);
    const summary = fits
      ? await member.client.request({ type: 'resume', run, config, arm: task.arm, checkpoint: saved.checkpoint })
      : await member.client.request({ type: 'start', run, config, arm: task.arm });
    Object.assign(member, { holds: task.key, run, round: fits ? summary.round : task.control ? 0 : summary.round });
    if (!task.control || fits) this.#note(task.key, run, summary);
  }

  /** Takes a member's line away, to be taken up by any other. @param {Member} member */
  async #leave(member) {
    await this.#keepLine(member);
    member.holds = null;
  }

  /** Sets aside what a member holds, if it is still of use. @param {Member} member */
  async #keepLine(member) {
    const { holds, run } = member;
    const line = holds === null ? undefined : this.#state.lines[holds];
    if (holds !== null && line && this.#isCurrent(run) && (!line.control || line.phase === 'training')) {
      await this.#setAside(member, holds, run);
    }
  }

  /**
   * @param {Member} member
   * @param {string} key
   * @param {number} run
   */
  async #setAside(member, key, run) {
    const ask = (/** @type {string} */ what) => member.client.request({ type: 'ask', run, engine: 'training', what, args: [] });
    const [checkpoint, summary] = await Promise.all([ask('checkpoint'), ask('status')]);
    if (this.#isCurrent(run)) this.#saved.set(key, { checkpoint, summary });
  }

  /**
   * @param {Member} member
   * @param {number} run
   * @returns {Promise<string>} why it stopped
   */
  async #train(member, run) {
    const steps = this.#stepped ? 1 : null;
    const ended = new Promise((resolve) => {
      member.stopped = resolve;
    });
    member.client.onEvents = (said) => this.#hear(member, said);
    await member.client.request({ type: 'train', run, steps });
    // Paused between the request and its answer: the worker has to be told again.
    if (!this.#state.going) void this.#halt(member, OBEY_PAUSE_MS);
    return ended;
  }

  /**
   * @param {Member} member
   * @param {import('./client.js').Events} said
   */
  #hear(member, { run, events, rate, stepRate, summary, stopped }) {
    if (member.holds !== null) this.#dispatch({ type: 'events', run, key: member.holds, events, rate, stepRate, summary });
    if (this.#isCurrent(run)) {
      const line = member.holds === null ? undefined : this.#state.lines[member.holds];
      if (line && events.length > 0) {
        this.#tell('progress', { seed: line.seed, arm: line.arm, round: line.round, step: line.step, loss: line.loss, rate });
      }
    }
    if (stopped) {
      member.stopped?.(stopped);
      member.stopped = null;
    }
  }

  /** @param {string} key @param {number} run @param {EngineSummary} summary */
  #note(key, run, summary) {
    this.#dispatch({ type: 'summary', run, key, summary });
  }

  /**
   * @param {Member} member
   * @param {number} seed
   * @param {number} round  the first that trains on them
   * @param {number} run
   */
  async #takeMasks(member, seed, round, run) {
    const age = await member.client.request({ type: 'ask', run, engine: 'training', what: 'age', args: [] });
    if (!this.#isCurrent(run)) return;
    this.#ages.set(seed, age);
    for (const other of this.#crew.members) other.viewing = null;
    this.#dispatch({ type: 'masks', run, seed, round });
    this.#assign();
  }

  /**
   * Keeps what the figures need to show this round later.
   * @param {Member} member
   * @param {Task} task
   * @param {number} run
   */
  async #keepTicket(member, task, run) {
    const ask = (/** @type {string} */ what, /** @type {any[]} */ ...args) =>
      member.client.request({ type: 'ask', run, engine: 'training', what, args });
    const name = `${task.key}/${task.round}`;
    const file = await ask('ticketFile', 'sparse-trained');
    if (!this.#isCurrent(run)) return;
    this.#kept.set(name, file);
    if (!task.control) {
      const questions = portrait((this.#state.config?.sizes.length ?? 1) - 1);
      await Promise.all(questions.map(async (question) => this.#portraits.set(`${name} ${JSON.stringify(question)}`, await ask(...question))));
    }
    if (!task.control) await this.#setAside(member, task.key, run);
    else this.#saved.delete(task.key);
    if (!this.#isCurrent(run)) return;
    const result = this.#state.lines[task.key]?.results.find(({ round }) => round === task.round);
    this.#tell('round', { ...result, curve: undefined });
  }

  /**
   * Runs something on every seed's ticket while nothing trains.
   * @param {(member: Member, line: {key: string, seed: number, round: number}, run: number) => Promise<void>} act
   */
  async #withTickets(act) {
    const { run } = this.#state;
    try {
      for (const { seed, arm, round } of tickets(this.#state)) {
        const key = keyOf(seed, arm);
        const member = this.#crew.holderOf(key) ?? (await this.#crew.any());
        await this.#prepare(member);
        await this.#hold(member, { key, seed, arm, round, control: false }, run);
        await act(member, { key, seed, round }, run);
      }
    } catch (error) {
      if (this.#isCurrent(run)) this.#fail(error);
    }
  }

  // --- stopping ----------------------------------------------------------------------------------------------------------------

  /**
   * Tells a worker to stop, and ends it when it does not.
   * @param {Member} member
   * @param {number} patience  milliseconds
   */
  async #halt(member, patience) {
    const asked = member.client.request({ type: 'pause', run: member.run }).then(() => true, () => true);
    if (await Promise.race([asked, after(patience).then(() => false)])) return;
    if (!this.#crew.members.includes(member)) return;
    const { holds, run } = member;
    this.#crew.discard(member);
    if (holds !== null) this.#lose(holds, run);
  }

  /** The run is over: its workers stop, and what they still say is dropped. */
  #abandon() {
    this.#saved.clear();
    this.#kept.clear();
    this.#ages.clear();
    this.#portraits.clear();
    this.#stepped = null;
    for (const member of this.#crew.members) {
      if (member.task) void this.#halt(member, OBEY_RESET_MS);
      member.holds = null;
      member.viewing = null;
    }
  }

  /** @param {Member} member @param {WorkerDied} error */
  #bury(member, error) {
    const { holds, run } = member;
    member.stopped?.('died');
    if (holds !== null) this.#lose(holds, run);
    this.#fail(error);
  }

  /** A line goes back to where it was last set aside. @param {string} key @param {number} run */
  #lose(key, run) {
    this.#dispatch({ type: 'lost', run, key, summary: this.#saved.get(key)?.summary ?? null });
  }

  /** @param {unknown} error */
  #fail(error) {
    const message = messageOf(error);
    if (error instanceof DataError || (error instanceof Refused && this.#state.data.status === 'loading')) {
      this.#dispatch({ type: 'data', data: { status: 'failed', error: message } });
      this.#dispatch({ type: 'halted' });
    } else {
      this.#dispatch({ type: 'failed', message });
    }
    for (const member of this.#crew.members) if (member.task) void this.#halt(member, OBEY_PAUSE_MS);
    this.#tell('error', { message });
  }

  /** Somebody else on the page waits for a worker: those that do nothing go back, with what they hold set aside. */
  async #giveUpIdle() {
    for (const member of [...this.#crew.members]) {
      if (member.task !== null) continue;
      await this.#keepLine(member).catch(() => {});
      // It may have been given work meanwhile.
      if (member.task !== null) continue;
      member.holds = null;
      this.#crew.release([member]);
    }
  }

  // --- keeping -----------------------------------------------------------------------------------------------------------------

  /** Everything that a later session needs to go on from here to the same bits. @returns {Promise<Snapshot>} */
  async snapshot() {
    const { run } = this.#state;
    for (const member of this.#crew.members) {
      const line = member.holds === null ? undefined : this.#state.lines[member.holds];
      if (member.holds === null || member.run !== run || line?.phase !== 'training') continue;
      await this.#setAside(member, member.holds, run).catch(() => {});
    }
    const { config, seeds, lines, masks, going, target } = this.#state;
    return {
      version: 2, config, seeds, lines, masks, going: going && !this.#stepped, target,
      ages: new Map(this.#ages), saved: new Map(this.#saved), kept: new Map(this.#kept), portraits: new Map(this.#portraits),
    };
  }

  /**
   * Takes up what an earlier session left, for the config that is open now.
   * @param {Snapshot} snapshot
   * @param {boolean} [goOn]  trains on if that one did
   * @returns {boolean} whether it fits
   */
  restore({ version, config, seeds, lines, masks, ages, saved, kept, portraits, going, target }, goOn = false) {
    const fits = version === 2 && seeds === this.#state.seeds && JSON.stringify(config) === JSON.stringify(this.#state.config);
    if (!fits) return false;
    const { run } = this.#state;
    this.#ages = new Map(ages);
    this.#saved = new Map(saved);
    this.#kept = new Map(kept);
    this.#portraits = new Map(portraits);
    let reached = 0;
    for (const [key, line] of Object.entries(lines)) {
      const aside = this.#saved.get(key)?.summary ?? null;
      const curve = aside ? line.curve.filter(({ step }) => step <= aside.step) : [];
      // Set aside between a result and its network: that round is trained again.
      const results = line.results.filter(({ round }) => this.#kept.has(`${key}/${round}`));
      this.#dispatch({ type: 'restored', run, key, line: { ...line, results, curve: [] } });
      this.#dispatch({ type: 'lost', run, key, summary: aside });
      this.#dispatch({ type: 'restored', run, key, line: { curve, rate: 0 } });
      reached = Math.max(reached, aside?.round ?? 0);
    }
    for (const [seed, round] of Object.entries(masks)) this.#dispatch({ type: 'masks', run, seed: Number(seed), round });
    this.#dispatch({ type: 'aimed', target: reached });
    if (goOn && going) this.#go(target, false);
    return true;
  }

  // --- looking -----------------------------------------------------------------------------------------------------------------

  /** Whether a round can be looked at. @param {Selection} selection */
  canShow({ seed, arm, round }) {
    const key = keyOf(seed, arm);
    return this.#kept.has(`${key}/${round}`) || (this.#crew.holderOf(key) !== undefined && this.#state.lines[key]?.round === round);
  }

  /** A finished round as a ticket file. @param {Selection} selection */
  ticket({ seed, arm, round }) {
    return this.#kept.get(`${keyOf(seed, arm)}/${round}`) ?? null;
  }

  /** Rounds survived by each weight of a seed's ticket. @param {number} seed */
  age(seed) {
    return this.#ages.get(seed) ?? null;
  }

  /**
   * A question about one round of one line: to the kept ticket if the round is finished, to the engine that trains it otherwise.
   * Null when nobody knows.
   * @param {Selection} selection
   * @param {string} what
   * @param {...any} args
   */
  async ask({ seed, arm, round, masks }, what, ...args) {
    const key = keyOf(seed, arm);
    const { run } = this.#state;
    const name = `${key}/${round}`;
    const known = masks === undefined ? this.#portraits.get(`${name} ${JSON.stringify([what, ...args])}`) : undefined;
    if (known !== undefined) return known;
    const file = this.#kept.get(name);
    if (file) {
      const view = masks ? `${name} ${masks}` : name;
      const member = this.#crew.members.find(({ viewing }) => viewing === view) ?? (await this.#crew.any());
      // Sent together: whoever asks about another round meanwhile must not come in between.
      const opened = member.viewing === view ? null : member.client.request({ type: 'view', ticket: file, age: masks ? this.#ages.get(seed) : undefined, round: masks });
      member.viewing = view;
      opened?.catch(() => (member.viewing = null));
      const [answer] = await Promise.all([member.client.request({ type: 'ask', run, engine: 'viewing', what, args }), opened]);
      return answer;
    }
    const holder = this.#crew.holderOf(key);
    if (!holder || this.#state.lines[key]?.round !== round || holder.run !== run) return null;
    return holder.client.request({ type: 'ask', run, engine: 'training', what, args });
  }

  /**
   * A question about the data, to any engine that has it.
   * @param {string} what
   * @param {...any} args
   */
  async askData(what, ...args) {
    const { run } = this.#state;
    const member = this.#crew.members.find((other) => other.run === run && other.holds !== null);
    return member ? member.client.request({ type: 'ask', run, engine: 'training', what, args }) : null;
  }
}

/** Fields whose growth leaves finished rounds true. */
const WIDENING = new Set(['rounds', 'arms']);

/**
 * @param {Record<string, any>} before
 * @param {Record<string, any>} now
 */
function onlyWidens(before, now) {
  const changed = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
  // With a target, the share pruned per round hangs on their number.
  return changed.every((name) => WIDENING.has(name)) && now.target === null && now.schedule !== 'continued' && now.rounds >= before.rounds;
}
