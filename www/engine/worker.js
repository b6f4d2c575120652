// The worker: wasm on one side, messages on the other. All behaviour is in host.js.
import init, * as engine from './pkg/lottery_ticket.js';
import { Host } from './worker/host.js';
import { messageOf } from './protocol.js';

/** @typedef {import('./protocol.js').Request} Request */

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

/** Every tenth turn goes over a timer: a browser that prefers one port to another must still deliver the page's messages. */
const yieldThen = (/** @type {() => void} */ next) => {
  waiting = next;
  turns += 1;
  if (turns % 10 === 0) setTimeout(resume, 0);
  else channel.port2.postMessage(null);
};

/** @type {Request[]} */
const early = [];
const collect = (/** @type {MessageEvent<Request>} */ event) => early.push(event.data);
self.addEventListener('message', collect);

try {
  await init();
  const { config_table, config_from_address, config_from_json, config_to_address, new_seed, engine_version } = engine;
  const host = new Host({
    createEngine: () => new engine.Engine(),
    functions: { config_table, config_from_address, config_from_json, config_to_address, new_seed, engine_version },
    post: (reply, transfer) => self.postMessage(reply, { transfer }),
    now: () => performance.now(),
    yieldThen,
  });
  self.removeEventListener('message', collect);
  self.addEventListener('message', (/** @type {MessageEvent<Request>} */ event) => host.take(event.data));
  for (const request of early) host.take(request);
} catch (error) {
  self.postMessage({ type: 'died', message: `The engine could not start: ${messageOf(error)}` });
}
