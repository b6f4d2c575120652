/** Where the race's curves go. */
import { clipLine, spreadGroups, textWidth, valueScale } from './chart-layout.js';
import { linear } from './scales.js';

/**
 * @typedef {import('./types.js').RaceCurve} RaceCurve
 * @typedef {import('./types.js').CurvePoint} CurvePoint
 * @typedef {'valAccuracy' | 'valLoss' | 'trainLoss'} Measure
 */

/**
 * The axis shows where something can be told apart: it leaves out the first steps, in which every network knows nothing, once there
 * is enough to see of the rest.
 * @param {number[]} values
 * @param {Measure} measure
 */
function domainValues(values, measure) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length < 12) return sorted;
  const from = measure === 'valAccuracy' ? Math.floor(sorted.length * 0.12) : 0;
  const to = measure === 'valAccuracy' ? sorted.length : Math.ceil(sorted.length * 0.85);
  return sorted.slice(from, to);
}

/**
 * @param {RaceCurve[]} curves
 * @param {object} options
 * @param {number} options.width
 * @param {number} options.height
 * @param {Measure} options.measure
 * @param {number} options.steps
 * @param {(curve: RaceCurve) => string} options.name
 */
export function layoutRace(curves, { width, height, measure, steps, name }) {
  const narrow = width < 560;
  const right = narrow ? 22 : Math.min(180, 20 + Math.max(40, ...curves.map((curve) => textWidth(name(curve)))));
  const plot = { left: 50, right: width - right, top: 14, bottom: height - 42 };
  const x = linear([0, Math.max(1, steps)], [plot.left, plot.right]);
  const values = curves.flatMap((curve) => curve.points.map((point) => point[measure] ?? NaN));
  const accuracy = measure === 'valAccuracy';
  const y = valueScale(domainValues(values, measure), plot.bottom, plot.top, {
    ticks: 5,
    floor: 0,
    ceiling: accuracy ? 100 : Infinity,
    least: accuracy ? 2 : 0.05,
  });
  const placed = curves.map((curve) => {
    const points = curve.points.flatMap((point) => {
      const value = point[measure];
      return value === undefined || !Number.isFinite(value) ? [] : [/** @type {[number, number]} */ ([x(point.step), y(value)])];
    });
    const early = curve.earlyStopStep ?? null;
    const stop = early === null ? undefined : curve.points.find((point) => point.step === early)?.[measure];
    return {
      curve,
      // Losses may leave the top of the picture, accuracies its bottom.
      parts: clipLine(points, plot.bottom).flatMap((part) => clipTop(part, plot.top)),
      points,
      stop: stop === undefined || early === null ? null : { x: x(early), y: y(stop) },
      last: curve.points[curve.points.length - 1],
    };
  });
  const ends = placed.flatMap(({ curve, points }) => {
    const end = points[points.length - 1];
    const inside = end && end[1] <= plot.bottom && end[1] >= plot.top;
    return inside ? [{ arm: curve.arm, text: name(curve), x: end[0], y: end[1] }] : [];
  });
  return {
    plot,
    x,
    y,
    narrow,
    curves: placed,
    labels: spreadGroups(ends, narrow ? width : 120, 17, plot.top + 6, plot.bottom - 4),
    xTicks: !curves.length ? [] : x.ticks(narrow ? 4 : 6).map((value) => ({ value, at: x(value) })),
    yTicks: !ends.length ? [] : y.ticks(5).map((value) => ({ value, at: y(value) })),
  };
}

/** @param {[number, number][]} points @param {number} top @returns {[number, number][][]} */
const clipTop = (points, top) =>
  clipLine(
    points.map(([x, y]) => [x, -y]),
    -top,
  ).map((part) => part.map(([x, y]) => [x, -y]));

/**
 * The point of a curve at or before a step.
 * @param {CurvePoint[]} points ascending in step
 * @param {number} step
 */
export function pointAt(points, step) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].step <= step) low = middle + 1;
    else high = middle;
  }
  return points[low - 1];
}
