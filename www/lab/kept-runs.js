/**
 * Runs kept on the reader's device: results, masks and tickets of what is finished, and a checkpoint of what is not. A browser
 * that keeps nothing (private mode, a full disk, blocked storage) is found out once, and said.
 */
import { createStore, del, get, keys, set, setMany } from 'idb-keyval';

/**
 * @typedef {object} KeptRun  what the list shows
 * @property {string} id       the address
 * @property {number} when     milliseconds
 * @property {number} seed
 * @property {number} seeds
 * @property {string} preset
 * @property {number} rounds
 * @property {number} round    reached
 * @property {number} step
 * @property {boolean} finished
 *
 * @typedef {import('../engine/session.js').Snapshot} Snapshot
 */

const MOST = 8;
const LIST = 'list';

export class KeptRuns {
  /** @type {ReturnType<typeof createStore> | null} */ #store = null;
  /** Whether anything can be kept here; null while unknown. @type {boolean | null} */ works = null;
  #writing = Promise.resolve();

  constructor() {
    try {
      this.#store = createStore('lottery-ticket', 'runs');
    } catch {
      this.works = false;
    }
  }

  /** @returns {Promise<KeptRun[]>} the newest first */
  async list() {
    try {
      const list = this.#store ? ((await get(LIST, this.#store)) ?? []) : [];
      this.works = this.#store !== null;
      return Array.isArray(list) ? list : [];
    } catch {
      this.works = false;
      return [];
    }
  }

  /**
   * One write at a time; tickets and checkpoints under keys of their own, so that a round adds to what is there.
   * @param {KeptRun} run
   * @param {Snapshot} snapshot
   */
  save(run, snapshot) {
    this.#writing = this.#writing.then(() => this.#save(run, snapshot)).catch(() => {
      this.works = false;
    });
    return this.#writing;
  }

  /** @param {KeptRun} run @param {Snapshot} snapshot */
  async #save(run, { kept, ...rest }) {
    const store = this.#store;
    if (!store || this.works === false) return;
    const known = new Set(await keys(store));
    const fresh = [...kept].filter(([name]) => !known.has(`ticket ${run.id} ${name}`));
    await setMany([...fresh.map(([name, file]) => /** @type {[string, any]} */ ([`ticket ${run.id} ${name}`, file])), [`run ${run.id}`, rest]], store);
    const list = [run, ...(await this.list()).filter(({ id }) => id !== run.id)];
    for (const old of list.splice(MOST)) await this.#drop(old.id);
    await set(LIST, list, store);
  }

  /** @param {string} id @returns {Promise<Snapshot | null>} */
  async load(id) {
    try {
      if (!this.#store) return null;
      const rest = await get(`run ${id}`, this.#store);
      if (!rest) return null;
      const kept = new Map();
      const prefix = `ticket ${id} `;
      for (const key of await keys(this.#store)) {
        if (typeof key === 'string' && key.startsWith(prefix)) kept.set(key.slice(prefix.length), await get(key, this.#store));
      }
      return { ...rest, kept };
    } catch {
      return null;
    }
  }

  /** @param {string} id */
  async forget(id) {
    try {
      if (!this.#store) return;
      await this.#drop(id);
      await set(LIST, (await this.list()).filter((run) => run.id !== id), this.#store);
    } catch {
      this.works = false;
    }
  }

  /** @param {string} id */
  async #drop(id) {
    const store = /** @type {ReturnType<typeof createStore>} */ (this.#store);
    for (const key of await keys(store)) {
      if (key === `run ${id}` || (typeof key === 'string' && key.startsWith(`ticket ${id} `))) await del(key, store);
    }
  }
}
