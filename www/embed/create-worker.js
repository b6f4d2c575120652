/**
 * Starts the engine's worker on a page that is not ours. A worker may not be started from another origin, so there is a ladder:
 *
 * 1. the file itself, where it lies on the page's own origin;
 * 2. the same text from a blob, with the compiled engine handed in, so that the worker fetches nothing;
 * 3. no worker at all: the engine on the page's thread in short slices, which `hosting` tells and the element says.
 *
 * A rung that fails once is not tried again. A refused worker may give an error, an exception or nothing, so each has to report
 * within a time.
 */
import workerSource from 'lottery-ticket:worker';
import { home } from './home.js';
import { hosting } from '../engine/hosting.js';
import { messageOf } from '../engine/protocol.js';

/**
 * @typedef {import('../engine/protocol.js').Request} Request
 * @typedef {{post: (message: any) => void, end: () => void}} Line  to an engine that runs
 * @typedef {(hear: (message: any) => void, fail: (message: string) => void) => Promise<Line>} Rung
 */

const UP_WITHIN_MS = 15_000;
/** Shorter than the silence after which the page's end gives a worker up. */
const SIGN_EVERY_MS = 2000;

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** The engine is fetched and compiled once for all workers. */
function engine() {
  compiled ??= compile().catch((error) => {
    compiled = null;
    throw error;
  });
  return compiled;
}

/** @returns {never} */
const unreachable = () => {
  throw new Error('The engine could not be loaded: the connection failed, or the page forbids it.');
};

async function compile() {
  const response = await fetch(new URL('engine.wasm', home()), { credentials: 'omit' }).catch(unreachable);
  if (!response.ok) throw new Error(`The engine could not be loaded: the server answered ${response.status}.`);
  // Not streamed: that would need a content type which many hosts do not know.
  const bytes = await response.arrayBuffer().catch(unreachable);
  // Every engine begins with a zero, no page does.
  if (new Uint8Array(bytes)[0] !== 0) throw new Error('The engine could not be loaded: the server answered with something else.');
  return WebAssembly.compile(bytes);
}

/** @type {string | null} */
let blobAddress = null;
const addressOfBlob = () => (blobAddress ??= URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' })));
const addressOfFile = () => new URL('worker.js', home()).href;

/** @param {() => string} address @returns {Rung} */
const inWorker = (address) => (hear, fail) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(address(), { type: 'module', name: 'lottery-ticket' });
    const refuse = (/** @type {string} */ why) => {
      clearTimeout(late);
      worker.terminate();
      reject(new Error(why));
    };
    const late = setTimeout(() => refuse('The worker did not report.'), UP_WITHIN_MS);
    worker.onerror = (event) => {
      event.preventDefault?.();
      refuse('The page allows no worker from here.');
    };
    worker.onmessage = async () => {
      clearTimeout(late);
      worker.onmessage = ({ data }) => hear(data);
      worker.onmessageerror = () => fail('A message from the engine could not be read.');
      worker.onerror = (event) => {
        event.preventDefault?.();
        fail(event.message || 'it ended without a word');
      };
      try {
        worker.postMessage({ type: 'engine', compiled: await engine() });
        resolve({ post: (message) => worker.postMessage(message), end: () => worker.terminate() });
      } catch (error) {
        worker.terminate();
        // Another rung would fetch the same engine.
        reject(Object.assign(new Error(messageOf(error)), { final: true }));
      }
    };
  });

/** @type {Rung} */
async function onPage(hear) {
  let over = false;
  const module = await engine().catch((error) => Promise.reject(Object.assign(error, { final: true })));
  const { serveHere } = await import(/* @vite-ignore */ addressOfFile());
  const take = await serveHere(module, (/** @type {any} */ reply) => {
    if (!over) hear(reply);
  });
  hosting.place = 'page';
  return {
    // A copy, as a worker would get.
    post: (message) => take(structuredClone(message)),
    end: () => {
      over = true;
      // The engine is let go; what it trains has to stop by itself.
      take({ type: 'end', id: 0 });
    },
  };
}

/** @returns {Rung[]} */
function ladder() {
  const blob = inWorker(addressOfBlob);
  return new URL(home()).origin === origin ? [inWorker(addressOfFile), blob, onPage] : [blob, onPage];
}

/** @type {Rung[] | null} */
let rungs = null;

/** Looks like a worker from the first moment, whatever runs behind it in the end. */
class AnyWorker {
  /** @type {((event: any) => void) | null} */ onmessage = null;
  /** @type {((event: any) => void) | null} */ onmessageerror = null;
  /** @type {((event: any) => void) | null} */ onerror = null;
  /** @type {any[]} */ #early = [];
  /** @type {Line | null} */ #line = null;
  #over = false;

  constructor() {
    void this.#climb();
  }

  /** @param {any} message */
  postMessage(message) {
    if (this.#over) return;
    if (this.#line) this.#line.post(message);
    else this.#early.push(message);
  }

  terminate() {
    this.#over = true;
    this.#line?.end();
    this.#line = null;
  }

  async #climb() {
    rungs ??= ladder();
    const sign = setInterval(() => this.#hear({ type: 'starting' }), SIGN_EVERY_MS);
    try {
      for (;;) {
        const rung = rungs[0];
        try {
          this.#take(await rung((message) => this.#hear(message), (message) => this.#fail(message)));
          return;
        } catch (error) {
          if (this.#over) return;
          const { final = false } = /** @type {{final?: boolean}} */ (error);
          if (final || rungs.length === 1) {
            this.#hear({ type: 'died', message: messageOf(error) });
            return;
          }
          if (rungs[0] === rung) rungs.shift();
        }
      }
    } finally {
      clearInterval(sign);
    }
  }

  /** @param {Line} line */
  #take(line) {
    if (this.#over) {
      line.end();
      return;
    }
    this.#line = line;
    for (const message of this.#early.splice(0)) line.post(message);
  }

  /** @param {any} data */
  #hear(data) {
    if (!this.#over) this.onmessage?.({ data });
  }

  /** @param {string} message */
  #fail(message) {
    if (!this.#over) this.onerror?.({ message });
  }
}

/** @returns {Worker} */
export const createWorker = () => /** @type {Worker} */ (/** @type {unknown} */ (new AnyWorker()));
