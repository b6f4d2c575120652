/** Numbers as a language writes them. */

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * @param {string} lang
 * @param {Intl.NumberFormatOptions} options
 */
function format(lang, options) {
  const key = lang + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat(lang, options)));
  return found;
}

/** A count: 266,200. @param {string} lang @param {number} n */
export const count = (lang, n) => format(lang, { maximumFractionDigits: 0 }).format(n);

/** A value to so many decimals. @param {string} lang @param {number} n @param {number} [digits] */
export const decimal = (lang, n, digits = 3) =>
  format(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n).replace('-', '−');

/**
 * Percent given as 0…100, with decimals fixed, or, when not given, as many as tell small shares apart (100 %, 41.2 %, 3.57 %).
 * @param {string} lang @param {number} p @param {number} [digits]
 */
export function percent(lang, p, digits) {
  const places = digits === undefined ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return format(lang, { style: 'percent', ...places }).format(p / 100);
}
