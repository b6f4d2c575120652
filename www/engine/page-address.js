/**
 * The address of the page: the engine's fields and the page's own, taken apart and put together. The engine checks its fields; the
 * page's own are checked here, with a sentence for whatever was corrected.
 */
import { LINES, armsOf } from './state.js';

/**
 * @typedef {object} PageFields
 * @property {number} seeds           how many seeds, counted up from `seed`
 * @property {number | null} round    the round that is looked at; null: the newest
 * @property {string | null} arm      the arm that is looked at
 * @property {number | null} atSeed   the seed that is looked at; null: the first
 * @property {string | null} figure   the figure that is looked into; null: the first
 */

export const MOST_SEEDS = 20;
const MOST_ROUNDS = 60;
const OWN = ['seeds', 'arm', 'round', 'at_seed', 'figure'];

/**
 * @param {string} name
 * @param {string} text
 * @param {number} min
 * @param {number} max
 * @param {string[]} corrections
 */
function wholeNumber(name, text, min, max, corrections) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  const shown = text.slice(0, 40);
  const near = text.trim() !== '' && Number.isFinite(value) ? Math.round(Math.min(max, Math.max(min, value))) : null;
  corrections.push(`${name} must be a whole number from ${min} to ${max}, but got "${shown}". ${near === null ? 'It is left out.' : `Using ${near}.`}`);
  return near;
}

/**
 * @param {string} hash  with or without its #
 * @param {import('./protocol.js').Config | null} [config]  what its engine's fields make; until it is known, nothing says which arms,
 *   rounds and seeds there are
 * @param {string[]} [figures]  those that can be looked into
 * @returns {{engine: string, page: PageFields, anchor: string | null, corrections: string[]}}
 */
export function readAddress(hash, config = null, figures = []) {
  const text = hash.replace(/^#/, '');
  /** @type {string[]} */
  const corrections = [];
  // "#results" leads to a part of the page and says nothing about a run.
  const anchor = text !== '' && !text.includes('=') ? text : null;
  /** @type {Map<string, string>} */
  const own = new Map();
  const rest = (anchor === null ? text : '').split('&').filter((part) => {
    const at = part.indexOf('=');
    const name = part.slice(0, at);
    if (!OWN.includes(name)) return true;
    own.set(name, part.slice(at + 1));
    return false;
  });
  const number = (/** @type {string} */ name, /** @type {number} */ min, /** @type {number} */ max) => {
    const value = own.get(name);
    return value === undefined ? null : wholeNumber(name, value, min, max, corrections);
  };
  const oneOf = (/** @type {string} */ name, /** @type {string[]} */ known) => {
    const value = own.get(name);
    if (value === undefined || known.includes(value)) return value ?? null;
    corrections.push(`${name} must be one of ${known.join(', ')}, but got "${value.slice(0, 40)}". It is left out.`);
    return null;
  };
  const seeds = number('seeds', 1, MOST_SEEDS) ?? 1;
  const arm = config && oneOf('arm', armsOf(config));
  // A control begins with the first masks.
  const round = number('round', arm === null || LINES.has(arm) ? 0 : 1, config?.rounds ?? MOST_ROUNDS);
  const atSeed = config && number('at_seed', config.seed, config.seed + seeds - 1);
  const figure = config && oneOf('figure', figures);
  return { engine: rest.join('&'), page: { seeds, round, arm, atSeed, figure }, anchor, corrections };
}

/**
 * @param {string} engine  the engine's fields, as it writes them
 * @param {PageFields} page
 * @returns {string} with its #
 */
export function writeAddress(engine, { seeds, round, arm, atSeed, figure }) {
  const parts = engine === '' ? [] : [engine];
  if (seeds > 1) parts.push(`seeds=${seeds}`);
  if (round !== null) {
    parts.push(`round=${round}`);
    if (arm !== null && arm !== 'ticket') parts.push(`arm=${arm}`);
    if (atSeed !== null) parts.push(`at_seed=${atSeed}`);
  }
  if (figure !== null) parts.push(`figure=${figure}`);
  return `#${parts.join('&')}`;
}
