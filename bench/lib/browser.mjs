// Headless Chromium with the bench's page open in it.
import { launch } from '../../tests/web/lib/browser.js';
import { withProcessorTime } from './cpu.mjs';

/** @typedef {Awaited<ReturnType<typeof openPage>>} Page */

/**
 * @param {string} url
 * @param {{ cpuTime?: boolean }} [options]  cpuTime: measures count processor time instead of the time that passed
 */
export async function openPage(url, { cpuTime = false } = {}) {
  const browser = await launch('chromium');
  await browser.goto(url);
  await browser.waitFor(() => 'bench' in globalThis, []);
  /** @param {string} name @param {string} call @param {unknown} argument @returns {Promise<any>} */
  const ask = (name, call, argument = null) =>
    browser.evaluate(
      (name, call, argument) => /** @type {any} */ (globalThis).bench.ask(name, call, argument),
      name,
      call,
      argument,
    );
  return {
    version: /** @type {string} */ (await browser.page?.browser().version()),
    /** @param {string} name @param {string} subject */
    open: (name, subject) =>
      browser.evaluate((name, subject) => /** @type {any} */ (globalThis).bench.open(name, subject), name, subject),
    /** The answer of a worker's function. */
    ask,
    /**
     * The answer of a worker's function that measures itself.
     * @param {string} name  of the worker
     * @param {string} call
     * @param {unknown} argument
     * @returns {Promise<import('./lines.mjs').Measure>}
     */
    async measure(name, call, argument) {
      if (!cpuTime || !browser.page) return ask(name, call, argument);
      const { result, milliseconds } = await withProcessorTime(browser.page.browser(), () => ask(name, call, argument));
      // Of what the call took as a whole, the measured part.
      return { samples: result.samples, milliseconds: (milliseconds * result.milliseconds) / result.total };
    },
    /** Bytes of JavaScript's own heap in each worker. */
    async heaps() {
      const uses = [];
      for (const worker of browser.page?.workers() ?? []) {
        const { usedSize } = await worker.client.send('Runtime.getHeapUsage');
        uses.push(usedSize);
      }
      return uses;
    },
    close: () => browser.close(),
  };
}
