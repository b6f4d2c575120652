/**
 * The messages between the page and an engine's worker. Types and two small makers: nothing here knows wasm or the DOM.
 *
 * Every request carries an `id`, and every request is answered exactly once: by `answer` or by `refused`. A request that belongs
 * to a run carries its number, and so does everything that the worker says of its own accord about it, so that the page can
 * drop what an abandoned run still says. The worker trains in slices and reads its messages between them.
 */

/** Raised whenever a message changes its meaning: a page and a worker from different builds refuse each other. */
export const PROTOCOL = 1;

/**
 * @typedef {import('../figures/types.js').RoundResult} RoundResult
 * @typedef {Record<string, any> & {seed: number, rounds: number, steps: number, batch: number, sizes: number[], arms: string[]}} Config
 * @typedef {{name: string, kind: string, min?: number, max?: number, choices?: string[], defaults: Record<string, any>, help: string}} Field
 */

/**
 * One file of a shard as it travels: packed (then with what it must be, once unpacked) or plain IDX.
 * @typedef {object} Part
 * @property {ArrayBuffer} bytes
 * @property {boolean} gzip
 * @property {{bytes: number, sha256: string} | null} unpacked  what the manifest promises; null when nobody promised anything
 */

/**
 * @typedef {object} EngineSummary
 * @property {string} phase      'ready' | 'training' | 'trained' | 'pruned' | 'finished'
 * @property {number} round
 * @property {number} step
 * @property {number} remaining  percent
 * @property {number[]} survivors
 */

/** What is asked of a worker without a run: pure functions of the engine, and `new_seed`, a number by chance. @typedef {'config_table' | 'config_from_address' | 'config_from_json' | 'config_to_address' | 'new_seed' | 'engine_version'} EngineFunction */

/**
 * Why training stopped.
 * 'round' a round ended · 'limit' the number of steps asked for was done · 'paused' · 'diverged'
 * @typedef {'round' | 'limit' | 'paused' | 'diverged'} StopReason
 */

/**
 * @typedef {{type: 'hello', id: number, protocol: number}
 *   | {type: 'function', id: number, name: EngineFunction, args: any[]}
 *   | {type: 'shard', id: number, kind: 'train' | 'test', images: Part, labels: Part}
 *   | {type: 'clear-data', id: number}
 *   | {type: 'start', id: number, run: number, config: Config, arm: string}
 *   | {type: 'resume', id: number, run: number, config: Config, arm: string, checkpoint: Uint8Array}
 *   | {type: 'begin-round', id: number, run: number, round: number, age: Uint8Array}
 *   | {type: 'train', id: number, run: number, steps: number | null}
 *   | {type: 'pause', id: number, run: number}
 *   | {type: 'prune', id: number, run: number}
 *   | {type: 'prune-by', id: number, run: number, layer: number, threshold: number}
 *   | {type: 'undo-prune', id: number, run: number}
 *   | {type: 'restart', id: number, run: number, kind: string}
 *   | {type: 'next-round', id: number, run: number}
 *   | {type: 'ask', id: number, run: number, engine: 'training' | 'viewing', what: string, args: any[]}
 *   | {type: 'view', id: number, ticket: Uint8Array, age?: Uint8Array, round?: number}
 *   | {type: 'end', id: number}
 * } Request
 */

/**
 * `starting`: the worker is still being fetched or started; no answer yet, but no silence either.
 * `rate`: images a second just now, evaluations included: what a reader waits for. `stepRate`: of this round's training steps
 * alone: what a ticket is compared with the dense network by.
 * @typedef {{type: 'answer', id: number, value: any}
 *   | {type: 'refused', id: number, message: string}
 *   | {type: 'events', run: number, events: EngineEvent[], rate: number, stepRate: number, summary: EngineSummary, stopped: StopReason | null}
 *   | {type: 'died', message: string}
 *   | {type: 'starting'}
 * } Reply
 */

/**
 * What the engine says while it trains.
 * @typedef {{kind: 'progress', round: number, step: number, loss: number}
 *   | {kind: 'evaluation', round: number, step: number, valLoss: number, valAccuracy: number, trainLoss: number}
 *   | {kind: 'round', result: RoundResult}
 *   | {kind: 'diverged', round: number, step: number}
 * } EngineEvent
 */

/**
 * A request without its number, as the page writes it.
 * @typedef {Request extends infer R ? R extends Request ? Omit<R, 'id'> : never : never} RequestBody
 */

/**
 * The buffers of a message that may move instead of being copied.
 * @param {any} value
 * @returns {ArrayBuffer[]}
 */
export function transferables(value) {
  /** @type {Set<ArrayBuffer>} */
  const found = new Set();
  const visit = (/** @type {any} */ item, /** @type {number} */ depth) => {
    if (item === null || typeof item !== 'object' || depth > 3) return;
    if (ArrayBuffer.isView(item)) {
      if (item.buffer instanceof ArrayBuffer) found.add(item.buffer);
    } else if (item instanceof ArrayBuffer) {
      found.add(item);
    } else {
      for (const part of Object.values(item)) visit(part, depth + 1);
    }
  };
  visit(value, 0);
  return [...found];
}

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));
