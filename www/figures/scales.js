/** From values to pixels and back. d3-scale does this and much more, for a tenth of what the whole page may weigh. */

/**
 * @typedef {((value: number) => number) & {
 *   domain: [number, number],
 *   invert: (pixel: number) => number,
 *   ticks: (count: number) => number[],
 * }} Scale
 */

/**
 * The step of 1, 2 or 5 times a power of ten that cuts an extent into about so many parts.
 * @param {number} extent
 * @param {number} count
 */
export function tickStep(extent, count) {
  const rough = extent / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const error = rough / power;
  return power * (error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1);
}

/**
 * @param {[number, number]} domain ascending, or descending without ticks
 * @param {[number, number]} range
 * @param {number} [count] when given, the domain is widened to whole ticks, about so many
 * @returns {Scale}
 */
export function linear(domain, range, count) {
  let [low, high] = domain;
  if (count && high > low) {
    const step = tickStep(high - low, count);
    // The last bits of a quotient must not add a tick: 0.3 / 0.1 is less than 3.
    low = whole(Math.floor(low / step + 1e-9), step);
    high = whole(Math.ceil(high / step - 1e-9), step);
  }
  const slope = (range[1] - range[0]) / (high - low || 1);
  return Object.assign((/** @type {number} */ value) => range[0] + (value - low) * slope, {
    domain: /** @type {[number, number]} */ ([low, high]),
    invert: (/** @type {number} */ pixel) => low + (pixel - range[0]) / slope,
    ticks: (/** @type {number} */ wanted) => {
      if (!(high > low)) return [low];
      const step = tickStep(high - low, wanted);
      /** @type {number[]} */
      const ticks = [];
      for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) ticks.push(whole(i, step));
      return ticks;
    },
  });
}

/** So many steps, without the dust of binary fractions. @param {number} n @param {number} step */
const whole = (n, step) => Number((n * step).toPrecision(12));

/** Points joined by straight lines, as an SVG path. @param {number[][]} points */
export const linePath = (points) =>
  points.map(([x, y], i) => `${i ? 'L' : 'M'}${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`).join('');
