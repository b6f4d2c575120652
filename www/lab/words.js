// The laboratory's words and numbers in the reader's language.
import { say as sayIn } from '../strings/lab.js';

/**
 * @typedef {Record<string, string | number | undefined | null>} Params
 *
 * @typedef {object} Words
 * @property {string} lang
 * @property {(key: string, params?: Params) => string} t
 * @property {(value: number, digits?: number) => string} number
 * @property {(value: number | null | undefined) => string} percent
 * @property {(bytes: number) => string} bytes
 * @property {(ms: number) => string} time
 */

/**
 * @param {string} lang
 * @returns {Words}
 */
export function wordsIn(lang) {
  const say = (/** @type {string} */ key, /** @type {Params} */ params = {}) => sayIn(lang, key, params);
  const number = (/** @type {number} */ value, digits = 0) =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
  return {
    lang,
    t: say,
    number,
    // Small shares keep a second digit: 1.22 % and 1.27 % are different tickets.
    percent: (value) => (value === null || value === undefined ? '–' : `${number(value, value < 10 ? 2 : 1)} %`),
    bytes: (bytes) => (bytes < 1e6 ? `${number(bytes / 1e3)} kB` : `${number(bytes / 1e6, 1)} MB`),
    time: (ms) => {
      const seconds = Math.max(1, Math.round(ms / 1000));
      if (seconds < 100) return say('time.seconds', { count: seconds });
      const minutes = Math.round(seconds / 60);
      if (minutes < 100) return say('time.minutes', { count: minutes });
      return say('time.hours', { count: Math.round(minutes / 60) });
    },
  };
}
