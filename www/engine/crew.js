/**
 * The workers of one session: leased from the page's pool, each holding at most one line of the experiment. What a worker holds
 * can be set aside as a checkpoint and taken up by another to the same bits.
 */
import { WorkerDied } from './client.js';

/**
 * @typedef {import('./client.js').Client} Client
 * @typedef {import('./data.js').Supply} Supply
 * @typedef {import('./plan.js').Task} Task
 * @typedef {import('./protocol.js').EngineSummary} EngineSummary
 * @typedef {import('./protocol.js').RequestBody} RequestBody
 *
 * @typedef {object} Member
 * @property {Client} client
 * @property {string} holds          key of the line in its engine, if any
 * @property {number} run
 * @property {number} round          of what it holds
 * @property {Task | null} task      what it is at
 * @property {{key: string, train: number, test: number}} loaded  the data in its engine
 * @property {string | null} viewing  which kept ticket its second engine shows, and through which masks
 * @property {((reason: string) => void) | null} stopped  resolves the training that is under way
 */

/** What the pool's clients know from an earlier lease. @type {WeakMap<Client, Member['loaded']>} */
const loadedBefore = new WeakMap();

const NO_DATA = { key: '', train: 0, test: 0 };

export class Crew {
  #pool;
  #onDeath;
  /** @type {Member[]} */ members = [];
  /** @type {Set<Promise<Member>>} */ #hiring = new Set();
  #holder;

  /**
   * @param {object} options
   * @param {import('./pool.js').Pool} options.pool
   * @param {(member: Member, error: WorkerDied) => void} options.onDeath
   * @param {() => void} options.onWanted
   */
  constructor({ pool, onDeath, onWanted }) {
    this.#pool = pool;
    this.#onDeath = onDeath;
    this.#holder = { wanted: onWanted };
  }

  /** How many there may be. */
  get limit() {
    return this.#pool.limit;
  }

  get wanted() {
    return this.#pool.wanted;
  }

  /** One more worker, unless there are enough. @returns {Promise<Member> | null} */
  hire() {
    if (this.members.length + this.#hiring.size >= this.#pool.limit) return null;
    const hired = this.#hire().finally(() => this.#hiring.delete(hired));
    this.#hiring.add(hired);
    return hired;
  }

  async #hire() {
    const client = await this.#pool.take(this.#holder);
    /** @type {Member} */
    const member = {
      client, holds: '', run: 0, round: 0, task: null, viewing: null, stopped: null,
      loaded: loadedBefore.get(client) ?? NO_DATA,
    };
    client.onDeath = (error) => {
      this.#forget(member);
      this.#onDeath(member, error);
    };
    this.members.push(member);
    await client.ready;
    return member;
  }

  /** A member to ask something of: one that is free, or any, or a new one. @returns {Promise<Member>} */
  async any() {
    const found = this.members.find(({ task }) => task === null) ?? this.members[0];
    if (found) {
      await found.client.ready;
      return found;
    }
    // Where there is none and none on its way, one more is never too many.
    return [...this.#hiring][0] ?? /** @type {Promise<Member>} */ (this.hire());
  }

  /**
   * One of the engine's functions that need no run, by a worker of anybody's: nobody waits for another's training to end.
   * @param {import('./protocol.js').EngineFunction} name
   * @param {...any} args
   */
  async engine(name, ...args) {
    const body = { type: /** @type {const} */ ('function'), name, args };
    const client = this.members[0]?.client ?? this.#pool.anyone() ?? (await this.any()).client;
    return client.request(body).catch(async (error) => {
      // Another's worker may go while it is asked.
      if (!(error instanceof WorkerDied)) throw error;
      return (await this.any()).client.request(body);
    });
  }

  /**
   * Whoever is free for a task, the holder of its line first.
   * @param {Task} task
   * @param {(key: string) => boolean} isWanted  whether another task will want what a member holds
   */
  free(task, isWanted) {
    const idle = this.members.filter((member) => member.task === null && !member.client.dead);
    return (
      idle.find(({ holds }) => holds === task.key) ??
      idle.find(({ holds }) => holds === '') ??
      idle.find(({ holds }) => !isWanted(holds)) ??
      idle[0]
    );
  }

  /** @param {string} key */
  holderOf(key) {
    return this.members.find(({ holds }) => holds === key);
  }

  /**
   * Brings the data into a member's engine, as far as it is not there.
   * @param {Member} member
   * @param {Supply} supply
   */
  async equip(member, supply) {
    const { client } = member;
    if (member.loaded.key !== supply.key) {
      if (member.loaded.key !== '') await client.request({ type: 'clear-data' });
      member.loaded = { key: supply.key, train: 0, test: 0 };
      member.holds = '';
    }
    const missing = [...supply.train.slice(member.loaded.train), ...supply.test.slice(member.loaded.test)];
    try {
      await Promise.all(missing.map(({ kind, images, labels }) => client.request({ type: 'shard', kind, images, labels })));
      const train = Math.max(member.loaded.train, supply.train.length);
      member.loaded = { key: supply.key, train, test: Math.max(member.loaded.test, supply.test.length) };
    } catch (error) {
      // Which shards arrived is unknown: the next attempt begins with an empty engine.
      member.loaded = { key: 'unknown', train: 0, test: 0 };
      throw error;
    } finally {
      loadedBefore.set(client, member.loaded);
    }
  }

  /**
   * Gives back those that do nothing; what they held must have been set aside. Whoever was given back already is not ours any more:
   * its worker may be at work for another.
   */
  release(members = this.members) {
    for (const member of this.members.filter((ours) => ours.task === null && members.includes(ours))) {
      this.#forget(member);
      this.#pool.giveBack(member.client);
    }
  }

  /** Ends a worker at once. @param {Member} member */
  discard(member) {
    this.#forget(member);
    this.#pool.discard(member.client);
    member.stopped?.('killed');
  }

  dispose() {
    this.#pool.leave(this.#holder);
    for (const member of [...this.members]) {
      if (member.task !== null) this.discard(member);
    }
    this.release();
  }

  /** @param {Member} member */
  #forget(member) {
    this.members = this.members.filter((other) => other !== member);
    if (member.client.dead) this.#pool.discard(member.client);
  }
}
