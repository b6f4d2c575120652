// A script for the pages of a test's site that keeps what the console would have said.

/** Its path below the site. */
export const COLLECTOR = 'collect-problems.js';

function collect() {
  /** @type {string[]} */
  const problems = [];
  Object.assign(globalThis, { collectedProblems: problems });
  for (const level of /** @type {const} */ (['error', 'warn'])) {
    const original = console[level];
    console[level] = (...values) => {
      problems.push(`${level}: ${values.join(' ')}`);
      original.apply(console, values);
    };
  }
  addEventListener('unhandledrejection', (event) => problems.push(`uncaught: ${event.reason?.message ?? event.reason}`));
  addEventListener('securitypolicyviolation', (event) => problems.push(`error: refused by policy: ${event.violatedDirective} ${event.blockedURI}`));
  addEventListener(
    'error',
    (event) => {
      const source = event.target instanceof Element ? (event.target.getAttribute('src') ?? event.target.getAttribute('href')) : null;
      problems.push(source === null ? `uncaught: ${event.message}` : `error: could not load ${source}`);
    },
    true,
  );
  const Original = Worker;
  globalThis.Worker = class extends Original {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      this.addEventListener('error', (event) => problems.push(`error: in a worker: ${event.message}`));
    }
  };
}

export const collectorSource = `(${collect})();`;
