/** Tables of values: the one source of the table a reader opens, the CSV they save and the text they copy. */

/**
 * @typedef {string | number | boolean | null | undefined} Value
 * @typedef {object} Column
 * @property {string} key       heading in files, the same in every language
 * @property {string} label     heading on the page
 * @property {(value: any) => string} [format]  how the page writes a value; files get it as it is
 * @typedef {object} Table
 * @property {Column[]} columns
 * @property {Value[][]} rows
 * @property {number} [total]   rows there are, when `rows` holds only the first of them
 */

/** @param {Value} value */
export const unknown = (value) => value === null || value === undefined || Number.isNaN(value);

/** A value as the page writes it. @param {Column} column @param {Value} value */
export const written = ({ format = String }, value) => (unknown(value) ? '–' : format(value));

/** @param {Value} value @param {string} separator */
function cell(value, separator) {
  if (unknown(value)) return '';
  let text = String(value);
  // A spreadsheet takes a text that begins like this for a formula.
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * RFC 4180: lines end in CRLF, quotes are doubled.
 * @param {Table} table
 * @param {string} [separator]
 */
export function toCsv(table, separator = ',') {
  const lines = [table.columns.map((column) => column.key), ...table.rows];
  return lines.map((line) => line.map((value) => cell(value, separator)).join(separator) + '\r\n').join('');
}
