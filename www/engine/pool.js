/**
 * The workers of a page: never more than the machine has cores, shared by every element on it. Whoever wants one when all are
 * taken waits in line; those who hold idle ones are asked to give them back.
 */
import { Client } from './client.js';

const IDLE_MS = 20_000;

/**
 * @typedef {object} Holder
 * @property {() => void} wanted  somebody waits for a worker: give back what does nothing
 */

export class Pool {
  #limit;
  #idleMs;
  #createWorker;
  /** @type {Map<Client, Holder>} */ #taken = new Map();
  /** @type {{client: Client, timer: ReturnType<typeof setTimeout>}[]} */ #idle = [];
  /** @type {{holder: Holder, give: (client: Client) => void, fail: (error: unknown) => void}[]} */ #line = [];

  /**
   * @param {object} options
   * @param {number} options.limit
   * @param {() => Worker} options.createWorker
   * @param {number} [options.idleMs]  how long a worker that nobody holds is kept
   */
  constructor({ limit, createWorker, idleMs = IDLE_MS }) {
    this.#limit = Math.max(1, limit);
    this.#createWorker = createWorker;
    this.#idleMs = idleMs;
  }

  get limit() {
    return this.#limit;
  }

  get size() {
    return this.#taken.size + this.#idle.length;
  }

  /**
   * @param {Holder} holder
   * @returns {Promise<Client>}
   */
  take(holder) {
    return new Promise((give, fail) => {
      this.#line.push({ holder, give, fail });
      this.#serve();
      if (this.#line.length > 0) {
        for (const other of new Set(this.#taken.values())) if (other !== holder) other.wanted();
      }
    });
  }

  /** Forgets what this holder still waits for. @param {Holder} holder */
  leave(holder) {
    this.#line = this.#line.filter((waiting) => waiting.holder !== holder);
  }

  /** Whether others wait. */
  get wanted() {
    return this.#line.length > 0;
  }

  /** A worker for a question that needs no run, whoever holds it; undefined while there is none. */
  anyone() {
    return [...this.#taken.keys(), ...this.#idle.map(({ client }) => client)].find(({ dead }) => !dead);
  }

  /** @param {Client} client */
  giveBack(client) {
    if (!this.#taken.delete(client)) return;
    client.onEvents = () => {};
    client.onDeath = () => {};
    if (!client.dead) {
      client.request({ type: 'end' }).catch(() => {});
      const timer = setTimeout(() => this.#drop(client), this.#idleMs);
      this.#idle.push({ client, timer });
    }
    this.#serve();
  }

  /** A worker that died or must go at once. @param {Client} client */
  discard(client) {
    this.#taken.delete(client);
    client.kill();
    this.#serve();
  }

  /** @param {Client} client */
  #drop(client) {
    this.#idle = this.#idle.filter((entry) => entry.client !== client);
    client.kill();
  }

  #serve() {
    while (this.#line.length > 0) {
      const client = this.#idleOrNew();
      if (client === undefined) return;
      const next = this.#line.shift();
      if (!next) return;
      if (client instanceof Client) {
        this.#taken.set(client, next.holder);
        next.give(client);
      } else {
        next.fail(client.error);
      }
    }
  }

  /** @returns {Client | {error: unknown} | undefined} */
  #idleOrNew() {
    for (let entry = this.#idle.pop(); entry; entry = this.#idle.pop()) {
      clearTimeout(entry.timer);
      if (!entry.client.dead) return entry.client;
    }
    if (this.#taken.size >= this.#limit) return undefined;
    try {
      return new Client(this.#createWorker());
    } catch (error) {
      return { error };
    }
  }
}

/** @type {Pool | null} */
let shared = null;

/** The page's one pool. @param {() => Worker} createWorker  used by the first caller */
export function sharedPool(createWorker) {
  shared ??= new Pool({ limit: navigator.hardwareConcurrency || 2, createWorker });
  return shared;
}
