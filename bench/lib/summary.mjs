// From the rates of all rounds to medians, ratios and the roofline.
import { SHARES } from './engine-lines.mjs';
import { median } from './statistics.mjs';

const BATCH = 60;

/** Three significant digits: more would pretend. @param {number | null} value */
const rounded = (value) => (value === null ? null : Number(value.toPrecision(3)));

/** @param {Record<string, number | null>} record */
const roundedAll = (record) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, rounded(value)]));

/**
 * @typedef {ReturnType<typeof summarise>} Summary
 *
 * @typedef {object} Work
 * @property {number} stepMultiplyAdds
 * @property {number} stepUpdates
 * @property {number} imageMultiplyAdds
 *
 * @param {Map<string, number[]>} rates
 * @param {Work | null} work
 * @param {number | null} wasmGzipBytes
 */
export function summarise(rates, work, wasmGzipBytes) {
  const of = (/** @type {string} */ key) => {
    const measured = rates.get(key);
    return measured?.length ? median(measured) : null;
  };
  const ratio = (/** @type {number | null} */ a, /** @type {number | null} */ b) => (a === null || b === null ? null : a / b);
  const dense = of('dense');
  const limit = roofline(work, of('multiplyAdds'), of('adamUpdates'));
  return {
    engine: {
      dense: rounded(dense),
      remaining: roundedAll(Object.fromEntries(SHARES.map((share) => [share, of(share)]))),
      evaluate: rounded(of('evaluate')),
    },
    roofline: { share: rounded(ratio(dense, limit.dense)) },
    peers: roundedAll({ 'jax-js': of('jax-js'), 'tfjs-wasm': of('tfjs-wasm'), convnetjs: of('convnetjs') }),
    native: roundedAll({ pytorch: of('pytorch'), jax: of('jax') }),
    ratio: roundedAll({
      'dense/jax-js': ratio(dense, of('jax-js')),
      'dense/tfjs-wasm': ratio(dense, of('tfjs-wasm')),
      'dense/pytorch': ratio(dense, of('pytorch')),
      'dense/jax': ratio(dense, of('jax')),
      ...Object.fromEntries(SHARES.map((share) => [`${share}/dense`, ratio(of(share), dense)])),
      two_workers: ratio(dense, of('two')),
      evaluate_over_roofline: ratio(limit.evaluate, of('evaluate')),
    }),
    wasm_gzip_bytes: wasmGzipBytes,
  };
}

/**
 * Samples per second if nothing but the vector operations that the work needs took time.
 * @param {Work | null} work
 * @param {number | null} multiplyAdds  a second
 * @param {number | null} updates  a second
 */
export function roofline(work, multiplyAdds, updates) {
  if (!work || !multiplyAdds || !updates) return { dense: null, evaluate: null };
  return {
    dense: BATCH / (work.stepMultiplyAdds / multiplyAdds + work.stepUpdates / updates),
    evaluate: multiplyAdds / work.imageMultiplyAdds,
  };
}
