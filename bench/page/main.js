// The page of the bench: opens one module worker a subject and passes questions on, so that nothing is measured on the page's own thread.

/** @type {Record<string, () => Worker>} */
const SUBJECTS = {
  engine: () => new Worker(new URL('./subjects/engine.js', import.meta.url), { type: 'module' }),
  'jax-js': () => new Worker(new URL('./subjects/jax-js.js', import.meta.url), { type: 'module' }),
  'tfjs-wasm': () => new Worker(new URL('./subjects/tfjs-wasm.js', import.meta.url), { type: 'module' }),
  convnetjs: () => new Worker(new URL('./subjects/convnetjs.js', import.meta.url), { type: 'module' }),
};

/** @type {Map<string, Worker>} */
const open = new Map();

const bench = {
  /**
   * @param {string} name  the worker's own name: a subject may be opened twice
   * @param {string} subject
   */
  open(name, subject) {
    open.set(name, SUBJECTS[subject]());
  },

  /** @param {string} name */
  close(name) {
    open.get(name)?.terminate();
    open.delete(name);
  },

  /**
   * One question at a time a worker; the answer is whatever its function of that name returns.
   * @param {string} name
   * @param {string} call
   * @param {unknown} [argument]
   */
  ask(name, call, argument) {
    const worker = /** @type {Worker} */ (open.get(name));
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(`${name} does not start: ${event.message}`));
      worker.onmessage = ({ data }) =>
        'error' in data ? reject(new Error(`${name}, ${call}: ${data.error}`)) : resolve(data.value);
      worker.postMessage({ call, argument });
    });
  },
};

/** @typedef {typeof bench} Bench */
Object.assign(globalThis, { bench });
