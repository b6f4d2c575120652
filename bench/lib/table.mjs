// The table that a person reads.
import { median, spread } from './statistics.mjs';

/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');

/** @param {import('./lines.mjs').Line} line @param {number[]} rates */
function row({ label, group }, rates) {
  const middle = median(rates);
  const [value, unit] = group === 'probe' ? [(middle / 1e9).toFixed(2), 'four lanes/ns'] : [whole(middle), 'samples/s'];
  const range = group === 'probe' ? '' : `${whole(Math.min(...rates))} … ${whole(Math.max(...rates))}`;
  return `  ${label.padEnd(38)}${value.padStart(10)} ${unit.padEnd(14)}± ${spread(rates).toFixed(0).padStart(2)} %   ${range}`.trimEnd();
}

const TITLES = {
  engine: 'This engine (wasm, one worker)',
  peers: 'Other trainers in the browser (dense)',
  native: 'Native, one thread (dense, mask multiplied after each step)',
  probe: 'What this machine can do, in the same worker',
};

/** @type {Record<string, string>}  at least, unless it says at most */
const FLOORS = {
  'dense/jax-js': '≥ 5.5',
  'dense/tfjs-wasm': '≥ 25',
  'dense/pytorch': '≥ 2.5',
  'dense/jax': '≥ 1.5',
  '21.1/dense': '≥ 2',
  '3.6/dense': '≥ 8',
  '1.2/dense': '≥ 14',
  two_workers: '≤ 1.15',
  evaluate_over_roofline: '≤ 1.5',
  'roofline share': '≥ 0.6',
  'wasm, gzip, bytes': '≤ 61440',
  'worker, bytes': '≤ 160000000',
  'growth while measuring, bytes': '0',
};

/**
 * @param {import('./lines.mjs').Line[]} lines
 * @param {Map<string, number[]>} rates
 * @param {import('./summary.mjs').Summary} summary
 * @param {Record<string, number>} more  further numbers for the last part
 */
export function table(lines, rates, summary, more) {
  const parts = [];
  for (const group of /** @type {const} */ (['engine', 'peers', 'native', 'probe'])) {
    const of = lines.filter((line) => line.group === group);
    if (of.length > 0) parts.push(TITLES[group], ...of.map((line) => row(line, rates.get(line.key) ?? [])), '');
  }
  const numbers = {
    ...summary.ratio,
    'roofline share': summary.roofline.share,
    'wasm, gzip, bytes': summary.wasm_gzip_bytes,
    ...more,
  };
  parts.push('Ratios of medians and what they should be');
  for (const [key, value] of Object.entries(numbers)) {
    if (value !== null) parts.push(`  ${key.padEnd(38)}${String(value).padStart(10)}   ${FLOORS[key] ?? ''}`.trimEnd());
  }
  return parts.join('\n');
}
