// Results as files.
import { toCsv as csv } from '../figures/csv.js';

/** @typedef {import('../figures/types.js').RoundResult} RoundResult */

/** The command line's names: earlyStopStep -> early_stop_step. @param {string} name */
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Everything but the curves. @param {RoundResult[]} results */
export function toCsv(results) {
  const names = Object.keys(results[0]).filter((name) => name !== 'curve');
  const value = (/** @type {any} */ measure) => (Array.isArray(measure) ? measure.join(' ') : measure);
  const rows = results.map((/** @type {any} */ result) => names.map((name) => value(result[name])));
  return csv({ columns: names.map((name) => ({ key: snake(name), label: name })), rows });
}

/**
 * @param {Record<string, any> | null} config
 * @param {number[]} seeds
 * @param {RoundResult[]} results
 */
export function toJson(config, seeds, results) {
  const named = results.map((result) => Object.fromEntries(Object.entries(result).map(([name, value]) => [snake(name), value])));
  return `${JSON.stringify({ version: 1, config, seeds, results: named }, null, 1)}\n`;
}
