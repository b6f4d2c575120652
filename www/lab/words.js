// The laboratory's words and numbers in the reader's language.
import { decimal, percent } from '../figures/format.js';
import { said, spoken, t } from '../strings/index.js';

/**
 * @typedef {Record<string, string | number | undefined | null>} Params
 *
 * @typedef {object} Words
 * @property {string} lang
 * @property {(key: string, params?: Params) => string} t
 * @property {(sentence: string) => string} said  what the engine says in English
 * @property {(value: number, digits?: number) => string} number
 * @property {(value: number | null | undefined, digits?: number) => string} percent
 * @property {(bytes: number) => string} bytes
 * @property {(ms: number) => string} time
 */

/**
 * @param {string} wanted
 * @returns {Words}
 */
export function wordsIn(wanted) {
  const lang = spoken(wanted);
  const say = (/** @type {string} */ key, /** @type {Params} */ params = {}) => t(lang, key, params);
  const number = (/** @type {number} */ value, digits = 0) => decimal(lang, value, digits);
  const time = (/** @type {string} */ unit, /** @type {number} */ count) => new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  return {
    lang,
    t: say,
    said: (sentence) => said(lang, sentence),
    number,
    percent: (value, digits) => (value === null || value === undefined ? '–' : percent(lang, value, digits)),
    bytes: (bytes) => (bytes < 1e6 ? `${number(bytes / 1e3)} kB` : `${number(bytes / 1e6, 1)} MB`),
    time: (ms) => {
      const seconds = Math.max(1, Math.round(ms / 1000));
      const minutes = Math.round(seconds / 60);
      return seconds < 100 ? time('second', seconds) : minutes < 100 ? time('minute', minutes) : time('hour', Math.round(minutes / 60));
    },
  };
}
