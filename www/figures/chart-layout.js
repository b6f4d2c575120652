/** What charts share, without drawing anything: ticks, room for labels, summaries. */
import { linear } from './scales.js';

/** @typedef {{mean: number, min: number, max: number}} Span */

/** @param {number[]} values @returns {Span | null} over the finite ones */
export function span(values) {
  const finite = values.filter(Number.isFinite);
  if (!finite.length) return null;
  return { mean: finite.reduce((a, b) => a + b, 0) / finite.length, min: Math.min(...finite), max: Math.max(...finite) };
}

/**
 * Ticks of 1, 2 and 5 times powers of ten between two positive values, ascending, thinned until no two are closer than `apart`.
 * @param {number} low
 * @param {number} high
 * @param {(value: number) => number} place
 * @param {number} [apart] pixels
 */
export function logTicks(low, high, place, apart = 34) {
  /** @type {number[]} */
  const all = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const digit of [1, 2, 5]) {
      const value = Number((digit * 10 ** power).toPrecision(1));
      if (value >= low * 0.999 && value <= high * 1.001) all.push(value);
    }
  }
  // Powers of ten first, so that they are the ones that stay.
  const byWeight = [...all].sort((a, b) => Number(isPower(b)) - Number(isPower(a)) || b - a);
  /** @type {number[]} */
  const kept = [];
  for (const value of byWeight) if (kept.every((other) => Math.abs(place(other) - place(value)) >= apart)) kept.push(value);
  return kept.sort((a, b) => a - b);
}
/** @param {number} value */
const isPower = (value) => Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6);

/**
 * Percent remaining, 100 at the left, on a logarithmic axis.
 * @param {number} last the smallest percentage to be placed
 * @param {number} left
 * @param {number} right
 */
export function remainingScale(last, left, right) {
  const lowest = Math.min(last, 95);
  const scale = linear([Math.log(100), Math.log(lowest)], [left, right]);
  return (/** @type {number} */ remaining) => scale(Math.log(Math.max(lowest, Math.min(100, remaining))));
}

/**
 * A linear axis around some values, with round ends.
 * @param {number[]} values
 * @param {number} bottom pixel of the low end
 * @param {number} top
 * @param {{ticks?: number, floor?: number, ceiling?: number, least?: number}} [options] least: the smallest extent to show
 */
export function valueScale(values, bottom, top, { ticks = 5, floor = -Infinity, ceiling = Infinity, least = 0 } = {}) {
  const finite = values.filter(Number.isFinite);
  let low = finite.length ? Math.min(...finite) : 0;
  let high = finite.length ? Math.max(...finite) : 1;
  const missing = Math.max(least - (high - low), (high - low) * 0.08, 1e-9);
  low = Math.max(floor, low - missing / 2);
  high = Math.min(ceiling, high + missing / 2);
  if (high - low < least) low = Math.max(floor, high - least);
  const [a, b] = linear([low, high], [bottom, top], ticks).domain;
  return linear([Math.max(floor, a), Math.min(ceiling, b)], [bottom, top]);
}

/**
 * Moves labels apart vertically so that none overlap, as little as may be, within bounds.
 * @template {{y: number}} Label
 * @param {Label[]} labels
 * @param {number} height of one
 * @param {number} top
 * @param {number} bottom
 * @returns {Label[]} copies, from top to bottom
 */
export function spread(labels, height, top, bottom) {
  const sorted = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  let limit = top;
  for (const label of sorted) {
    label.y = Math.max(label.y, limit);
    limit = label.y + height;
  }
  limit = bottom;
  for (const label of sorted.reverse()) {
    label.y = Math.min(label.y, limit);
    limit = label.y - height;
  }
  return sorted.reverse();
}

/**
 * The same for labels that follow their lines' ends: only those that would overlap sideways too are moved.
 * @template {{x: number, y: number}} Label
 * @param {Label[]} labels
 * @param {number} width of one
 * @param {number} height
 * @param {number} top
 * @param {number} bottom
 * @returns {Label[]}
 */
export function spreadGroups(labels, width, height, top, bottom) {
  /** @type {Label[][]} */
  const groups = [];
  for (const label of [...labels].sort((a, b) => a.x - b.x)) {
    const last = groups[groups.length - 1];
    if (last && label.x - last[0].x < width) last.push(label);
    else groups.push([label]);
  }
  return groups.flatMap((group) => spread(group, height, top, bottom));
}

/**
 * The parts of a line at or above a floor (smaller y), cut where it crosses.
 * @param {[number, number][]} points
 * @param {number} floor
 * @returns {[number, number][][]}
 */
export function clipLine(points, floor) {
  /** @type {[number, number][][]} */
  const parts = [];
  /** @type {[number, number][] | null} */
  let part = null;
  points.forEach((point, i) => {
    const before = points[i - 1];
    const inside = point[1] <= floor;
    if (before && inside !== before[1] <= floor) {
      const t = (floor - before[1]) / (point[1] - before[1]);
      /** @type {[number, number]} */
      const crossing = [before[0] + (point[0] - before[0]) * t, floor];
      if (inside) parts.push((part = [crossing]));
      else part?.push(crossing);
    }
    if (inside) {
      if (!part) parts.push((part = []));
      part.push(point);
    } else part = null;
  });
  return parts;
}

/** Decimals that tell ticks apart. @param {number[]} ticks */
export function tickDigits(ticks) {
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : 1;
  return Math.max(0, Math.min(4, -Math.floor(Math.log10(step * 1.0001))));
}

/** About how wide a text is at the size that figures write in. @param {string} text */
export const textWidth = (text) => text.length * 7.7;
