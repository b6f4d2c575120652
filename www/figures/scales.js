/** From values to pixels and back. d3-scale does this and much more; the page carries only what its charts need. */
import { nice, ticks } from 'd3-array';

/**
 * @typedef {((value: number) => number) & {
 *   domain: [number, number],
 *   invert: (pixel: number) => number,
 *   ticks: (count: number) => number[],
 * }} Scale
 */

/**
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @param {number} [count] when given, the domain is widened to round ends for about so many ticks
 * @returns {Scale}
 */
export function linear(domain, range, count) {
  const [low, high] = count ? nice(domain[0], domain[1], count) : domain;
  const slope = (range[1] - range[0]) / (high - low || 1);
  return Object.assign((/** @type {number} */ value) => range[0] + (value - low) * slope, {
    domain: /** @type {[number, number]} */ ([low, high]),
    invert: (/** @type {number} */ pixel) => low + (pixel - range[0]) / slope,
    ticks: (/** @type {number} */ ticks_) => ticks(low, high, ticks_),
  });
}
