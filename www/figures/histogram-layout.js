/** Where the bars of a histogram go, and what a cut would take. */
import { count, decimal } from './format.js';
import { linear } from './scales.js';

/** @typedef {ArrayLike<number>} Numbers */

/** @param {Numbers} values */
export function sum(values) {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i];
  return total;
}

/** How many lie in the first so many bins. @param {Numbers} counts @param {number} bins */
export function below(counts, bins) {
  let total = 0;
  for (let i = 0; i < bins; i += 1) total += counts[i];
  return total;
}

/** The edge nearest to a value, by index. @param {Numbers} edges @param {number} value */
export function nearestEdge(edges, value) {
  let best = 0;
  for (let i = 1; i < edges.length; i += 1) if (Math.abs(edges[i] - value) < Math.abs(edges[best] - value)) best = i;
  return best;
}

/**
 * Where a reader's cut begins: where as many go as the rule takes, to the weight. Its size is the rule's; where that is not known, as
 * far into its bin as those that go are among the bin's.
 * @param {import('./types.js').Histogram} shown
 */
export function firstCut({ edges, kept, pruned, cut, goes }) {
  const count = Math.max(0, (goes ?? 0) - sum(pruned));
  if (typeof cut === 'number' || !count) return { cut: cut ?? 0, count };
  let [bin, left] = [0, count];
  while (left > kept[bin]) left -= kept[bin++];
  return { cut: edges[bin] + (left / kept[bin]) * (edges[bin + 1] - edges[bin]), count };
}

/**
 * What of the bars lies between two places.
 * @param {{x: number, width: number, y: number, height: number}[]} bars @param {number} from @param {number} to
 */
export const barsBetween = (bars, from, to) =>
  bars
    .map((bar) => ({ ...bar, x: Math.max(from, bar.x), width: Math.min(to, bar.x + bar.width) - Math.max(from, bar.x) }))
    .filter(({ width }) => width > 0);

/**
 * Series stacked in the order given, the first at the bottom, or side by side as shares of their own sums.
 * @param {Numbers} edges
 * @param {Numbers[]} series
 * @param {object} options
 * @param {number} options.width
 * @param {number} options.height
 * @param {'stack' | 'share'} options.mode
 */
export function layoutHistogram(edges, series, { width, height, mode }) {
  const plot = { left: 56, right: width - 16, top: 26, bottom: height - 40 };
  const bins = edges.length - 1;
  const [low, high] = [edges[0], edges[bins]];
  const scale = linear([low, high], [plot.left, plot.right]);
  const x = Object.assign((/** @type {number} */ value) => scale(Math.max(low, Math.min(high, value))), {
    invert: scale.invert,
    ticks: scale.ticks,
  });
  const totals = series.map(sum);
  const height_ = (/** @type {number} */ s, /** @type {number} */ i) =>
    mode === 'share' ? (totals[s] ? (series[s][i] / totals[s]) * 100 : 0) : series[s][i];
  let most = 0;
  for (let i = 0; i < bins; i += 1) {
    const tops = series.map((_, s) => height_(s, i));
    most = Math.max(most, mode === 'stack' ? sum(tops) : Math.max(...tops));
  }
  const y = linear([0, most || 1], [plot.bottom, plot.top], 4);
  const bars = series.map((_, s) => {
    /** @type {{x: number, width: number, y: number, height: number}[]} */
    const list = [];
    for (let i = 0; i < bins; i += 1) {
      let base = 0;
      if (mode === 'stack') for (let lower = 0; lower < s; lower += 1) base += height_(lower, i);
      const top = y(base + height_(s, i));
      list.push({ x: x(edges[i]), width: x(edges[i + 1]) - x(edges[i]), y: top, height: y(base) - top });
    }
    return list;
  });
  return {
    plot,
    x,
    bars,
    xTicks: x.ticks(width < 480 ? 4 : 7).map((value) => ({ value, at: x(value) })),
    yTicks: y.ticks(4).map((value) => ({ value, at: y(value) })),
  };
}

/** Bars as one path. @param {{x: number, width: number, y: number, height: number}[]} bars */
export const barsPath = (bars) =>
  bars
    .filter((bar) => bar.height > 0)
    .map((bar) => `M${round(bar.x)},${round(bar.y)}h${round(bar.width)}v${round(bar.height)}h${-round(bar.width)}z`)
    .join('');

/** The outline over bars. @param {{x: number, width: number, y: number, height: number}[]} bars @param {number} bottom */
export const outlinePath = (bars, bottom) =>
  bars.length
    ? `M${round(bars[0].x)},${round(bottom)}${bars.map((bar) => `V${round(bar.y)}h${round(bar.width)}`).join('')}V${round(bottom)}`
    : '';

/** @param {number} n */
const round = (n) => Math.round(n * 100) / 100;

/**
 * The bins as a table.
 * @param {import('./base.js').LtFigure<any>} figure
 * @param {Numbers} edges
 * @param {string} name  of those that are kept, in files
 * @param {Numbers} kept
 * @param {Numbers} pruned
 * @returns {import('./csv.js').Table}
 */
export function histogramTable(figure, edges, name, kept, pruned) {
  const value = (/** @type {number} */ n) => decimal(figure.locale, n, 4);
  const number = (/** @type {number} */ n) => count(figure.locale, n);
  return {
    columns: [
      { key: 'from', label: figure.t('column.from'), format: value },
      { key: 'to', label: figure.t('column.to'), format: value },
      { key: name, label: figure.t('column.kept'), format: number },
      { key: 'pruned', label: figure.t('column.pruned'), format: number },
    ],
    rows: Array.from({ length: kept.length }, (_, i) => [edges[i], edges[i + 1], kept[i], pruned[i]]),
  };
}
