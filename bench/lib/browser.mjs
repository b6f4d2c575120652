// Headless Chromium with the bench's page open in it.
import { launch } from '../../tests/web/lib/browser.js';

/** @typedef {Awaited<ReturnType<typeof openPage>>} Page */

/** @param {string} url */
export async function openPage(url) {
  const browser = await launch('chromium');
  await browser.goto(url);
  await browser.waitFor(() => 'bench' in globalThis, []);
  return {
    version: /** @type {string} */ (await browser.page?.browser().version()),
    /** @param {string} name @param {string} subject */
    open: (name, subject) =>
      browser.evaluate((name, subject) => /** @type {any} */ (globalThis).bench.open(name, subject), name, subject),
    /**
     * The answer of a worker's function.
     * @param {string} name  of the worker
     * @param {string} call
     * @param {unknown} [argument]
     * @returns {Promise<any>}
     */
    ask: (name, call, argument = null) =>
      browser.evaluate(
        (name, call, argument) => /** @type {any} */ (globalThis).bench.ask(name, call, argument),
        name,
        call,
        argument,
      ),
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
