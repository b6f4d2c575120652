// An engine that is ready, behind the protocol: the host with this thread's clock and its way to yield.
import { Host } from './host.js';

/**
 * @typedef {import('../protocol.js').Request} Request
 * @typedef {import('../protocol.js').Reply} Reply
 */

/** Every tenth turn goes over a timer: a browser that prefers one port to another must still deliver the page's messages. */
function overPorts() {
  const channel = new MessageChannel();
  /** @type {(() => void) | null} */
  let waiting = null;
  let turns = 0;
  const resume = () => {
    const next = waiting;
    waiting = null;
    next?.();
  };
  channel.port1.onmessage = resume;
  return (/** @type {() => void} */ next) => {
    waiting = next;
    turns += 1;
    if (turns % 10 === 0) setTimeout(resume, 0);
    else channel.port2.postMessage(null);
  };
}

/**
 * @param {any} engine  the wasm package, initialised
 * @param {(reply: Reply, transfer: ArrayBuffer[]) => void} post
 * @param {(next: () => void) => void} [yieldThen]
 * @returns {(request: Request) => void} takes what the page asks
 */
export function serve(engine, post, yieldThen = overPorts()) {
  const { config_table, config_from_address, config_from_json, config_to_address, engine_version } = engine;
  // The machine's own randomness.
  const new_seed = () => crypto.getRandomValues(new Uint32Array(1))[0];
  const host = new Host({
    createEngine: () => new engine.Engine(),
    functions: { config_table, config_from_address, config_from_json, config_to_address, new_seed, engine_version },
    post,
    now: () => performance.now(),
    yieldThen,
  });
  return (request) => void host.take(request);
}
