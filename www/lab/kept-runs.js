/**
 * Runs kept on the reader's device: results, masks and tickets of what is finished, and a checkpoint of what is not. A browser
 * that keeps nothing (private mode, a full disk, blocked storage) is found out once, and said.
 */
import { createStore, delMany, get, getMany, keys, set } from 'idb-keyval';

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
const KINDS = /** @type {const} */ (['kept', 'saved', 'ages', 'portraits']);

export class KeptRuns {
  #store = createStore('lottery-ticket', 'runs');
  /** Whether anything can be kept here; null while unknown. @type {boolean | null} */ works = null;
  #writing = Promise.resolve();
  /** What is there already, of the run written last. @type {Map<string, any>} */ #written = new Map();
  #writtenOf = '';

  /** @returns {Promise<KeptRun[]>} the newest first */
  async list() {
    try {
      const list = await get(LIST, this.#store);
      this.works = true;
      return Array.isArray(list) ? list : [];
    } catch {
      this.works = false;
      return [];
    }
  }

  /**
   * One write at a time; large parts under keys of their own and only when they are new.
   * @param {KeptRun} run
   * @param {Snapshot} snapshot
   */
  save(run, snapshot) {
    return this.#inTurn(() => this.#save(run, snapshot));
  }

  /** @param {() => Promise<void>} write */
  #inTurn(write) {
    this.#writing = this.#writing.then(write).catch(() => {
      this.works = false;
    });
    return this.#writing;
  }

  /** @param {KeptRun} run @param {Snapshot} snapshot */
  async #save(run, snapshot) {
    if (this.works === false) return;
    const store = this.#store;
    // One that was forgotten meanwhile, here or in another tab, is written as a whole.
    if (this.#writtenOf !== run.id || !(await this.list()).some(({ id }) => id === run.id)) this.#written.clear();
    this.#writtenOf = run.id;
    const { kept, saved, ages, portraits, ...small } = snapshot;
    const parts = partsOf(snapshot);
    const fresh = [...parts].filter(([name, value]) => this.#written.get(name) !== value);
    const packed = fresh.map(([name, value]) => /** @type {[string, any]} */ ([`part ${run.id} ${name}`, value]));
    // Which parts belong to it is part of the record: an earlier run of the same config may have left others.
    await putInTurn([...packed, [`run ${run.id}`, { ...small, parts: [...parts.keys()] }]], store);
    for (const [name, value] of fresh) this.#written.set(name, value);
    const list = [run, ...(await this.list()).filter(({ id }) => id !== run.id)];
    for (const old of list.splice(MOST)) await this.#drop(old.id);
    await set(LIST, list, store);
  }

  /** @param {string} id @returns {Promise<Snapshot | null>} */
  async load(id) {
    try {
      const record = await get(`run ${id}`, this.#store);
      if (!record) return null;
      const { parts, ...small } = record;
      /** @type {Snapshot} */
      const snapshot = { ...small, kept: new Map(), saved: new Map(), ages: new Map(), portraits: new Map() };
      const values = await getMany(parts.map((/** @type {string} */ name) => `part ${id} ${name}`), this.#store);
      for (const [at, part] of parts.entries()) {
        const [, kind, name] = part.match(/(\w+):(.*)/);
        /** @type {any} */ (snapshot)[kind].set(kind === 'ages' ? Number(name) : name, values[at]);
      }
      return snapshot;
    } catch {
      return null;
    }
  }

  /** @param {string} id */
  forget(id) {
    return this.#inTurn(async () => {
      await this.#drop(id);
      await set(LIST, (await this.list()).filter((run) => run.id !== id), this.#store);
    });
  }

  /** @param {string} id */
  async #drop(id) {
    const store = this.#store;
    const own = (await keys(store)).filter((key) => key === `run ${id}` || (typeof key === 'string' && key.startsWith(`part ${id} `)));
    await delMany(own, store);
  }
}

/**
 * All or nothing, as in one transaction, but one value a task: copying megabytes at once would hold the page.
 * @param {[string, any][]} entries
 * @param {ReturnType<typeof createStore>} store
 */
const putInTurn = (entries, store) =>
  store('readwrite', (values) => new Promise((/** @type {(value: void) => void} */ done, fail) => {
    const { transaction } = values;
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => fail(transaction.error);
    const put = (/** @type {number} */ at) => {
      const [key, value] = entries[at];
      const request = values.put(value, key);
      if (at + 1 < entries.length) request.onsuccess = () => put(at + 1);
    };
    put(0);
  }));

/**
 * The large parts of a snapshot by name.
 * @param {Snapshot} large
 * @returns {Map<string, any>}
 */
function partsOf(large) {
  return new Map(KINDS.flatMap((kind) => [...large[kind]].map(([name, value]) => /** @type {[string, any]} */ ([`${kind}:${name}`, value]))));
}
