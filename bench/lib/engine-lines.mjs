// Our own engine and the machine's limits, each in its turn.
import { timedLine } from './lines.mjs';

/** The second worker: it never leaves the dense network, so what is asked about that is asked here. */
export const DENSE = 'engine-2';

/** Percent remaining of the tickets that are measured. */
export const SHARES = ['21.1', '3.6', '1.2'];

/**
 * @param {import('./browser.mjs').Page} page  with the workers "engine" and "engine-2" prepared
 * @returns {Promise<import('./lines.mjs').Line[]>}
 */
export async function engineLines(page) {
  const asked = (/** @type {string} */ name, /** @type {string} */ call, how = {}) => (/** @type {number} */ steps) =>
    page.measure(name, call, { ...how, steps });
  const train = (/** @type {string} */ task) => asked('engine', 'measure', { task });
  const both = async (/** @type {number} */ steps) => {
    /** @type {import('./lines.mjs').Measure[]} */
    const measures = await Promise.all(['engine', DENSE].map((name) => page.measure(name, 'measure', { task: 'dense', steps })));
    // The arms start together and are done when the slower is.
    return measures.reduce((slow, measure) => (measure.milliseconds > slow.milliseconds ? measure : slow));
  };
  const group = /** @type {const} */ ('engine');
  return [
    await timedLine({ key: 'dense', label: 'dense', group }, train('dense'), { first: 200 }),
    await timedLine({ key: 'two', label: 'dense, each of two arms at once', group }, both, { first: 200 }),
    ...(await inOrder(SHARES, (share) =>
      timedLine({ key: share, label: `ticket at ${share} %`, group }, train(share), { first: 1000 }),
    )),
    await timedLine({ key: 'evaluate', label: 'evaluation of 10,000 images, dense', group }, asked(DENSE, 'evaluate'), { first: 2 }),
    await timedLine({ key: 'multiplyAdds', label: 'multiply-adds, cached', group: 'probe' }, asked('engine', 'probe', { probe: 'multiplyAdds' }), { first: 200_000, most: 1e8 }),
    await timedLine({ key: 'adamUpdates', label: 'updates by Adam, cached', group: 'probe' }, asked('engine', 'probe', { probe: 'adamUpdates' }), { first: 100_000, most: 1e8 }),
  ];
}

/**
 * One after the other: two at once would disturb each other.
 * @template T, R
 * @param {T[]} items
 * @param {(item: T) => Promise<R>} work
 */
async function inOrder(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/**
 * @param {import('./browser.mjs').Page} page
 */
export async function prepareEngines(page) {
  for (const name of ['engine', DENSE]) {
    await page.open(name, 'engine');
    await page.ask(name, 'prepare');
  }
}
