/**
 * The worker as one text that fetches nothing, for pages that may not load it from where it lies: the page hands it the compiled
 * engine. The same file, imported, runs the engine on the page itself where no worker is allowed at all.
 */
import init, * as engine from '../pkg/lottery_ticket.js';
import { messageOf } from '../protocol.js';
import { serve } from './serve.js';

/**
 * @typedef {import('../protocol.js').Request} Request
 * @typedef {import('../protocol.js').Reply} Reply
 */

/**
 * The engine on the thread of the page. A timer between slices leaves the page its turns.
 * @param {WebAssembly.Module} compiled
 * @param {(reply: Reply) => void} post
 * @returns {Promise<(request: Request) => void>}
 */
export async function serveHere(compiled, post) {
  await init({ module_or_path: compiled });
  return serve(engine, post, (next) => setTimeout(next, 0));
}

function serveWorker() {
  /** @type {((request: Request) => void) | null} */
  let take = null;
  /** @type {Request[]} */
  const early = [];
  self.addEventListener('message', async (/** @type {MessageEvent} */ { data }) => {
    if (data.type !== 'engine') {
      if (take) take(data);
      else early.push(data);
      return;
    }
    try {
      await init({ module_or_path: data.compiled });
      take = serve(engine, (reply, transfer) => self.postMessage(reply, { transfer }));
      for (const request of early) take(request);
    } catch (error) {
      self.postMessage({ type: 'died', message: `The engine could not start: ${messageOf(error)}` });
    }
  });
  // The page's sign that this worker was let in and runs.
  self.postMessage({ type: 'up' });
}

if ('WorkerGlobalScope' in globalThis) serveWorker();
