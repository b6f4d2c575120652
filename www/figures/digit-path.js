import { html, nothing, svg } from 'lit';
import { layoutGraph, toPicture } from './connections-layout.js';

/**
 * The way a signal took: the strongest of the connections that carried it.
 * @param {import('./types.js').ActivePath | null} path
 * @param {object} options
 * @param {number} options.width
 * @param {number[]} options.sizes
 * @param {ArrayLike<number>} options.pixels  the image, 0…255
 * @param {number} options.winner             the digit that was answered, or −1
 * @param {string} options.label
 */
export function pathPicture(path, { width, sizes, pixels, winner, label }) {
  if (!width || !path) return html`<svg class="path"></svg>`;
  const height = width < 560 ? 352 : 240;
  const graph = layoutGraph({ sizes, width, height });
  const last = sizes.length - 1;
  const edges = path.edges.filter(({ layer, from, to }) => from < sizes[layer] && to < (sizes[layer + 1] ?? 0));
  const most = edges.reduce((a, edge) => Math.max(a, Math.abs(edge.value)), 1e-9);
  const point = (/** @type {number} */ layer, /** @type {number} */ unit) => toPicture(graph, graph.u[layer][unit], graph.v[layer][unit]);
  /** @type {Set<string>} */
  const used = new Set();
  for (const { layer, from, to } of edges) {
    if (layer > 0) used.add(`${layer},${from}`);
    if (layer + 1 < last) used.add(`${layer + 1},${to}`);
  }
  const { right, down, side } = graph.plane;
  const [[rx, ry], [dx, dy]] = [toPicture(graph, right[0], right[1]), toPicture(graph, down[0], down[1])];
  const [px, py] = point(0, 0);
  const cell = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ times) =>
    `M${x.toFixed(1)},${y.toFixed(1)}l${rx * times},${ry * times}l${dx * times},${dy * times}l${-rx * times},${-ry * times}z`;
  return html`<svg class="path" role="img" aria-label=${label} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
    ${edges.map(({ layer, from, to, value }) => {
      const [x1, y1] = point(layer, from);
      const [x2, y2] = point(layer + 1, to);
      const size = Math.abs(value) / most;
      return svg`<line class="edge ${value < 0 ? 'negative' : 'positive'}" x1=${x1} y1=${y1} x2=${x2} y2=${y2}
        stroke-width=${(0.6 + 2 * size).toFixed(2)} stroke-opacity=${(0.25 + 0.75 * size).toFixed(2)} />`;
    })}
    <path class="outline" d=${cell(px, py, side)} />
    ${Array.from(pixels, (value, i) => {
      if (value < 24) return nothing;
      const [x, y] = point(0, i);
      return svg`<path class="cell" opacity=${(value / 255).toFixed(2)} d=${cell(x, y, 1)} />`;
    })}
    ${[...used].map((key) => {
      const [layer, unit] = key.split(',').map(Number);
      const [x, y] = point(layer, unit);
      return svg`<circle class="node" cx=${x} cy=${y} r="2" />`;
    })}
    ${Array.from({ length: sizes[last] }, (_, digit) => {
      const [x, y] = point(last, digit);
      const look = digit === winner ? 'winner' : 'muted';
      return graph.downwards
        ? svg`<text class=${look} x=${x} y=${y + 16} text-anchor="middle">${digit}</text>`
        : svg`<text class=${look} x=${x + 10} y=${y} dominant-baseline="middle">${digit}</text>`;
    })}
  </svg>`;
}
