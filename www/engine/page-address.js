/**
 * The address of the page: the engine's fields and the page's own, taken apart and put together. The engine checks its fields; the
 * page's own are checked here, with a sentence for whatever was corrected.
 */

/**
 * @typedef {object} PageFields
 * @property {number} seeds         how many seeds, counted up from `seed`
 * @property {number | null} round  the round that is looked at; null: the newest
 * @property {string | null} arm    the arm that is looked at
 */

export const MOST_SEEDS = 20;
const MOST_ROUNDS = 60;

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
 * @returns {{engine: string, page: PageFields, anchor: string | null, corrections: string[]}}
 */
export function readAddress(hash) {
  const text = hash.replace(/^#/, '');
  /** @type {PageFields} */
  const page = { seeds: 1, round: null, arm: null };
  /** @type {string[]} */
  const corrections = [];
  // "#results" leads to a part of the page and says nothing about a run.
  if (text !== '' && !text.includes('=')) return { engine: '', page, anchor: text, corrections };
  const rest = text.split('&').filter((part) => {
    const at = part.indexOf('=');
    const name = part.slice(0, at);
    const value = part.slice(at + 1);
    if (name === 'seeds') page.seeds = wholeNumber('seeds', value, 1, MOST_SEEDS, corrections) ?? 1;
    else if (name === 'round') page.round = wholeNumber('round', value, 0, MOST_ROUNDS, corrections);
    else if (name === 'arm' && /^[a-z-]{1,24}$/.test(value)) page.arm = value;
    else if (name === 'arm') corrections.push(`arm must be the name of an arm, but got "${value.slice(0, 40)}". It is left out.`);
    else return true;
    return false;
  });
  return { engine: rest.join('&'), page, anchor: null, corrections };
}

/**
 * @param {string} engine  the engine's fields, as it writes them
 * @param {PageFields} page
 * @returns {string} with its #
 */
export function writeAddress(engine, { seeds, round, arm }) {
  const parts = engine === '' ? [] : [engine];
  if (seeds > 1) parts.push(`seeds=${seeds}`);
  if (round !== null) parts.push(`round=${round}`);
  if (round !== null && arm !== null && arm !== 'ticket') parts.push(`arm=${arm}`);
  return `#${parts.join('&')}`;
}
