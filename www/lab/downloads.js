// Results as files.

/** @typedef {import('../figures/types.js').RoundResult} RoundResult */

const COLUMNS = /** @type {const} */ ([
  'seed', 'arm', 'round', 'remaining', 'survivors', 'dead', 'effective', 'earlyStopStep', 'censored', 'valLoss', 'valAccuracy',
  'testAccuracyEarlyStop', 'testAccuracyFinal', 'trainAccuracy', 'untrainedAccuracy', 'movedSurvivors', 'movedPruned', 'fingerprint',
  'startFingerprint',
]);

/** The command line's names: earlyStopStep -> early_stop_step. @param {string} name */
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** @param {unknown} value */
function cell(value) {
  if (value === undefined || value === null) return '';
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {RoundResult[]} results */
export function toCsv(results) {
  const lines = results.map((result) => COLUMNS.map((name) => cell(result[name])).join(','));
  return `${[COLUMNS.map(snake).join(','), ...lines].join('\n')}\n`;
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
