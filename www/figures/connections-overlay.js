/** What lies over the ink: the image plane, the units, the names of the digits, and the connections of one unit. */
import { references, toPicture, unitLinks } from './connections-layout.js';
import { paintTile, ramp } from './tiles.js';

/** @typedef {import('./types.js').ConnectionsData} ConnectionsData */
/** @typedef {import('./types.js').UnitDetail} UnitDetail */
/** @typedef {import('./connections-layout.js').Graph} Graph */
/**
 * Colours as CSS writes them, and a font family.
 * @typedef {{fg: string, bg: string, dead: string, line: string, muted: string, positive: string, negative: string, font: string}} Palette
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Graph} graph
 * @param {ConnectionsData} data
 * @param {ReturnType<typeof import('./connections-layout.js').degrees>} degrees
 * @param {Palette} palette
 */
export function paintUnits(context, graph, data, degrees, { fg, bg, dead, line, font }) {
  const { outgoing } = degrees;
  const { plane } = graph;
  const last = data.sizes.length - 1;
  const most = outgoing[0].reduce((a, b) => Math.max(a, b), 1);

  // The image plane: its frame, and a cell a pixel, as dark as it has connections left.
  const corner = (/** @type {number} */ c, /** @type {number} */ r) =>
    toPicture(
      graph,
      graph.u[0][0] + (c - 0.5) * plane.right[0] + (r - 0.5) * plane.down[0],
      graph.v[0][0] + (c - 0.5) * plane.right[1] + (r - 0.5) * plane.down[1],
    );
  const cell = (/** @type {number} */ c, /** @type {number} */ r, /** @type {number} */ w, /** @type {number} */ h) => {
    context.beginPath();
    context.moveTo(...corner(c, r));
    context.lineTo(...corner(c + w, r));
    context.lineTo(...corner(c + w, r + h));
    context.lineTo(...corner(c, r + h));
    context.closePath();
  };
  cell(0, 0, plane.side, plane.side);
  context.globalAlpha = 0.72;
  context.fillStyle = bg;
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = fg;
  for (let i = 0; i < data.sizes[0]; i += 1) {
    const value = (outgoing[0][i] / most) * 0.8;
    if (!(value > 0)) continue;
    context.globalAlpha = Math.min(1, 0.06 + value * 0.94);
    cell(i % plane.side, Math.floor(i / plane.side), 0.92, 0.92);
    context.fill();
  }
  context.globalAlpha = 1;
  cell(0, 0, plane.side, plane.side);
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();

  for (let layer = 1; layer <= last; layer += 1) {
    const size = data.sizes[layer];
    const { top, bottom } = graph.column[layer];
    const r = layer === last ? 4.5 : Math.max(0.7, Math.min(2.6, ((bottom - top) / size) * 0.38));
    for (let unit = 0; unit < size; unit += 1) {
      const [x, y] = toPicture(graph, graph.u[layer][unit], graph.v[layer][unit]);
      const gone = degrees.dead[layer][unit];
      context.fillStyle = gone ? dead : fg;
      context.beginPath();
      context.arc(x, y, gone ? r * 0.8 : r, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
  context.font = `600 15px ${font}`;
  context.fillStyle = fg;
  context.textAlign = graph.downwards ? 'center' : 'left';
  context.textBaseline = graph.downwards ? 'top' : 'middle';
  for (let digit = 0; digit < data.sizes[last]; digit += 1) {
    const [x, y] = toPicture(graph, graph.u[last][digit] + (graph.downwards ? 9 : 13), graph.v[last][digit]);
    context.fillText(String(digit), x, y);
  }
}

/**
 * One unit's connections alone.
 * @param {CanvasRenderingContext2D} context
 * @param {Graph} graph
 * @param {ConnectionsData} data
 * @param {UnitDetail} unit
 * @param {Palette} palette
 */
export function paintUnit(context, graph, data, unit, { fg, bg, muted, positive, negative }) {
  const { incoming, outgoing } = unitLinks(data, unit);
  const colours = data.weights ? [positive, negative] : [muted];
  const strong = references(data.sizes, data.weights ?? [], data.age, data.round);
  for (const link of [...incoming, ...outgoing]) {
    const size = link.weight === null ? 0.5 : Math.min(1, Math.abs(link.weight) / (strong[link.layer] || 1));
    context.strokeStyle = colours[link.weight !== null && link.weight < 0 ? 1 : 0];
    context.globalAlpha = 0.12 + 0.8 * size;
    context.lineWidth = 0.75 + 1.25 * size;
    context.beginPath();
    context.moveTo(...toPicture(graph, graph.u[link.layer][link.from], graph.v[link.layer][link.from]));
    context.lineTo(...toPicture(graph, graph.u[link.layer + 1][link.to], graph.v[link.layer + 1][link.to]));
    context.stroke();
  }
  context.globalAlpha = 1;
  const [x, y] = toPicture(graph, graph.u[unit.layer][unit.unit], graph.v[unit.layer][unit.unit]);
  context.beginPath();
  context.arc(x, y, 6, 0, 2 * Math.PI);
  context.fillStyle = bg;
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = fg;
  context.stroke();
}

/**
 * What a unit looks at: its incoming weights laid out as its inputs are; of a pixel, its outgoing ones.
 * @param {HTMLCanvasElement} canvas
 * @param {ConnectionsData} data
 * @param {UnitDetail} unit
 * @param {[[number, number, number], [number, number, number]]} colours of positive and negative weights
 */
export function paintField(canvas, data, unit, colours) {
  const { incoming, outgoing } = unitLinks(data, unit);
  const links = unit.layer === 0 ? outgoing : incoming;
  const size = unit.layer === 0 ? data.sizes[1] : data.sizes[unit.layer - 1];
  const columns = size === 784 ? 28 : size === 300 ? 20 : Math.ceil(Math.sqrt(size));
  const values = new Float32Array(size);
  let most = 0;
  for (const link of links) {
    const value = link.weight ?? 1;
    values[unit.layer === 0 ? link.to : link.from] = value;
    most = Math.max(most, Math.abs(value));
  }
  canvas.width = columns;
  canvas.height = Math.ceil(size / columns);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(canvas.width, canvas.height);
  paintTile(
    new Uint32Array(image.data.buffer),
    columns,
    0,
    0,
    columns,
    size,
    (i) => values[i] / (most || 1),
    ramp(colours[0], 0.2),
    ramp(colours[1], 0.2),
  );
  context.putImageData(image, 0, 0);
}
