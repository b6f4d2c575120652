// The worker: wasm on one side, messages on the other. All behaviour is in host.js.
import init, * as engine from './pkg/lottery_ticket.js';
import { serve } from './worker/serve.js';
import { messageOf } from './protocol.js';

/** @typedef {import('./protocol.js').Request} Request */

/** @type {Request[]} */
const early = [];
const collect = (/** @type {MessageEvent<Request>} */ event) => early.push(event.data);
self.addEventListener('message', collect);

try {
  await init();
  const take = serve(engine, (reply, transfer) => self.postMessage(reply, { transfer }));
  self.removeEventListener('message', collect);
  self.addEventListener('message', (/** @type {MessageEvent<Request>} */ event) => take(event.data));
  for (const request of early) take(request);
} catch (error) {
  self.postMessage({ type: 'died', message: `The engine could not start: ${messageOf(error)}` });
}
