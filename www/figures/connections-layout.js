/**
 * Where units and connections go, and which there are. Coordinates are (u, v): u along the signal from 0 to `along`, v across it from
 * 0 to `across`; a wide picture has u to the right, a narrow one u downwards.
 */

/** @typedef {import('./types.js').ConnectionsData} ConnectionsData */

/**
 * @typedef {object} Graph
 * @property {boolean} downwards
 * @property {number} along
 * @property {number} across
 * @property {Float32Array[]} u       per layer of units
 * @property {Float32Array[]} v
 * @property {Uint16Array[]} slot     per layer: the place of a unit in its column, counted from its start
 * @property {{u: number, top: number, bottom: number}[]} column  per layer; the first, a plane, has only nominal values
 * @property {{side: number, right: [number, number], down: [number, number]}} plane  the steps (u, v) from one pixel to the next
 */

/**
 * @param {object} options
 * @param {number[]} options.sizes
 * @param {number} options.width
 * @param {number} options.height
 * @param {ArrayLike<number> | null} [options.placement] of all hidden units, layer after layer; only its order counts
 * @returns {Graph}
 */
export function layoutGraph({ sizes, width, height, placement = null }) {
  const downwards = width < 560;
  const along = downwards ? height : width;
  const across = downwards ? width : height;
  const side = Math.round(Math.sqrt(sizes[0]));
  const edge = downwards ? 8 : 14;
  const hidden = sizes.length - 2;

  // The image as a card seen from the side, so that lines leave it forwards.
  const depth = downwards ? 0.2 : 0.145;
  const plane = downwards
    ? { start: [10, across * 0.04], right: [0, (across * 0.76) / side], down: [(along * depth) / side, (across * 0.16) / side] }
    : { start: [14, edge + across * 0.02], right: [(along * depth) / side, (across * 0.22) / side], down: [0, (across * 0.7) / side] };
  const first = plane.start[0] + along * depth;
  const last = along - (downwards ? 34 : 46);

  /** @type {Float32Array[]} */
  const u = [];
  /** @type {Float32Array[]} */
  const v = [];
  /** @type {Uint16Array[]} */
  const slot = [];
  /** @type {Graph['column']} */
  const column = [];
  let read = 0;
  sizes.forEach((size, layer) => {
    const us = new Float32Array(size);
    const vs = new Float32Array(size);
    const slots = new Uint16Array(size);
    if (layer === 0) {
      for (let i = 0; i < size; i += 1) {
        const c = (i % side) + 0.5;
        const r = Math.floor(i / side) + 0.5;
        us[i] = plane.start[0] + c * plane.right[0] + r * plane.down[0];
        vs[i] = plane.start[1] + c * plane.right[1] + r * plane.down[1];
        slots[i] = i;
      }
      column.push({ u: first, top: 0, bottom: across });
    } else {
      const isHidden = layer <= hidden;
      const order = Array.from({ length: size }, (_, i) => i);
      if (isHidden && placement && placement.length >= read + size) {
        const at = read;
        order.sort((a, b) => placement[at + a] - placement[at + b] || a - b);
      }
      if (isHidden) read += size;
      order.forEach((unit, place) => (slots[unit] = place));
      // Columns shorten towards the digits: fewer units need less room, and the picture narrows to its answer.
      const t = hidden > 0 ? (layer - 1) / hidden : 1;
      const room = (across - 2 * edge) * (1 - 0.3 * t);
      const top = (across - room) / 2;
      const reach = layer === sizes.length - 1 ? 1 : 0.5 + (0.5 * (layer - 1)) / Math.max(1, hidden) - (layer > 1 ? 0.02 : 0.06);
      const at = first + (last - first) * reach;
      for (let i = 0; i < size; i += 1) {
        us[i] = at;
        vs[i] = top + ((slots[i] + 0.5) * room) / size;
      }
      column.push({ u: at, top, bottom: top + room });
    }
    u.push(us);
    v.push(vs);
    slot.push(slots);
  });
  return {
    downwards,
    along,
    across,
    u,
    v,
    slot,
    column,
    plane: { side, right: /** @type {[number, number]} */ (plane.right), down: /** @type {[number, number]} */ (plane.down) },
  };
}

/** A point of the graph as x, y of the picture. @param {Graph} graph @param {number} u @param {number} v @returns {[number, number]} */
export const toPicture = (graph, u, v) => (graph.downwards ? [v, u] : [u, v]);

/** Connections a network of these sizes has. @param {number[]} sizes */
export function capacity(sizes) {
  let total = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) total += sizes[layer] * sizes[layer + 1];
  return total;
}

/** How many are alive in each layer. @param {number[]} sizes @param {Uint8Array | null} age @param {number} round */
export function countLayers(sizes, age, round) {
  let i = 0;
  return sizes.slice(1).map((outputs, layer) => {
    const total = sizes[layer] * outputs;
    if (!age || round <= 0) return total;
    let alive = 0;
    for (const end = i + total; i < end; i += 1) if (age[i] >= round) alive += 1;
    return alive;
  });
}

/** How many are alive. @param {number[]} sizes @param {Uint8Array | null} age @param {number} round */
export const countAlive = (sizes, age, round) => countLayers(sizes, age, round).reduce((a, b) => a + b, 0);

/**
 * The surviving connections, one after the other, layer by layer.
 * @typedef {object} Segments
 * @property {number} count
 * @property {Uint32Array} index  among all connections of the network
 * @property {Uint8Array} layer
 * @property {Uint16Array} from
 * @property {Uint16Array} to
 *
 * @param {number[]} sizes
 * @param {Uint8Array | null} age
 * @param {number} round
 * @returns {Segments}
 */
export function survivors(sizes, age, round) {
  const count = countAlive(sizes, age, round);
  const index = new Uint32Array(count);
  const layerOf = new Uint8Array(count);
  const from = new Uint16Array(count);
  const to = new Uint16Array(count);
  const all = !age || round <= 0;
  let n = 0;
  let i = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
    for (let a = 0; a < sizes[layer]; a += 1) {
      for (let b = 0; b < sizes[layer + 1]; b += 1, i += 1) {
        if (!all && age[i] < round) continue;
        index[n] = i;
        layerOf[n] = layer;
        from[n] = a;
        to[n] = b;
        n += 1;
      }
    }
  }
  return { count, index, layer: layerOf, from, to };
}

/**
 * What is strong: the 98th percentile of |θ| in each layer, from a few thousand of the weights that are alive.
 * @param {number[]} sizes
 * @param {(Float32Array | null)[]} weights
 * @param {Uint8Array | null} age
 * @param {number} round
 */
export function references(sizes, weights, age, round) {
  let offset = 0;
  return weights.map((layer, l) => {
    const total = sizes[l] * sizes[l + 1];
    const start = offset;
    offset += total;
    if (!layer) return 1;
    const alive = (/** @type {number} */ i) => !age || age[start + i] >= round;
    /** @type {number[]} */
    const sample = [];
    const stride = Math.max(1, Math.floor(total / 3072));
    for (let i = 0; i < total; i += stride) if (alive(i)) sample.push(Math.abs(layer[i]));
    if (sample.length < 64) for (let i = 0; i < total; i += 1) if (alive(i)) sample.push(Math.abs(layer[i]));
    sample.sort((a, b) => a - b);
    return sample[Math.floor(sample.length * 0.98)] || 1;
  });
}

/**
 * The unit nearest to a point, if any is near.
 * @param {Graph} graph
 * @param {number} x of the picture
 * @param {number} y
 * @param {number} [within] pixels
 */
export function unitAt(graph, x, y, within = 28) {
  const [u, v] = graph.downwards ? [y, x] : [x, y];
  let best = null;
  let distance = within * within;
  for (let layer = 0; layer < graph.u.length; layer += 1) {
    const us = graph.u[layer];
    const vs = graph.v[layer];
    for (let unit = 0; unit < us.length; unit += 1) {
      const d = (us[unit] - u) ** 2 + (vs[unit] - v) ** 2;
      if (d < distance) {
        distance = d;
        best = { layer, unit };
      }
    }
  }
  return best;
}

/**
 * What goes in and out of one unit.
 * @param {ConnectionsData} data
 * @param {import('./types.js').UnitDetail} unit layer 0 are the pixels
 */
export function unitLinks(data, { layer, unit }) {
  const { sizes, age, round, weights } = data;
  const offsets = layerOffsets(sizes);
  const alive = (/** @type {number} */ i) => !age || round <= 0 || age[i] >= round;
  /** @type {{layer: number, from: number, to: number, weight: number | null}[]} */
  const incoming = [];
  /** @type {{layer: number, from: number, to: number, weight: number | null}[]} */
  const outgoing = [];
  if (layer > 0) {
    const width = sizes[layer];
    for (let from = 0; from < sizes[layer - 1]; from += 1) {
      const i = from * width + unit;
      if (alive(offsets[layer - 1] + i)) incoming.push({ layer: layer - 1, from, to: unit, weight: weights?.[layer - 1]?.[i] ?? null });
    }
  }
  if (layer + 1 < sizes.length) {
    const width = sizes[layer + 1];
    for (let to = 0; to < width; to += 1) {
      const i = unit * width + to;
      if (alive(offsets[layer] + i)) outgoing.push({ layer, from: unit, to, weight: weights?.[layer]?.[i] ?? null });
    }
  }
  return { incoming, outgoing };
}

/** Where each layer begins among all connections. @param {number[]} sizes */
export function layerOffsets(sizes) {
  let at = 0;
  return sizes.slice(1).map((outputs, layer) => {
    const here = at;
    at += sizes[layer] * outputs;
    return here;
  });
}

/**
 * How many connections each unit has on either side, and which units are on no path from a pixel to a digit.
 * @param {number[]} sizes @param {Uint8Array | null} age @param {number} round
 */
export function degrees(sizes, age, round) {
  const [incoming, outgoing, reached, useful] = [0, 1, 2, 3].map(() => sizes.map((size) => new Uint16Array(size)));
  const last = sizes.length - 1;
  const offsets = layerOffsets(sizes);
  /** @param {number} layer @param {(from: number, to: number) => void} visit */
  const each = (layer, visit) => {
    let i = offsets[layer];
    for (let a = 0; a < sizes[layer]; a += 1) {
      for (let b = 0; b < sizes[layer + 1]; b += 1, i += 1) if (!age || age[i] >= round) visit(a, b);
    }
  };
  reached[0].fill(1);
  useful[last].fill(1);
  for (let layer = 0; layer < last; layer += 1) {
    each(layer, (a, b) => {
      outgoing[layer][a] += 1;
      incoming[layer + 1][b] += 1;
      reached[layer + 1][b] |= reached[layer][a];
    });
  }
  for (let layer = last - 1; layer > 0; layer -= 1) each(layer, (a, b) => (useful[layer][a] |= useful[layer + 1][b]));
  return { incoming, outgoing, dead: reached.map((units, layer) => units.map((yes, unit) => 1 - (yes & (layer ? useful[layer][unit] : 1)))) };
}

/**
 * One step of the arrow keys: along the signal from layer to layer, across it within one; over the plane, pixel by pixel.
 * @param {Graph} graph
 * @param {number[]} sizes
 * @param {import('./types.js').UnitDetail} at
 * @param {string} key
 * @returns {import('./types.js').UnitDetail}
 */
export function step(graph, sizes, at, key) {
  const horizontal = key === 'ArrowLeft' || key === 'ArrowRight';
  const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  if (at.layer === 0) {
    const { side } = graph.plane;
    const row = Math.floor(at.unit / side) + (horizontal ? 0 : by);
    const column = (at.unit % side) + (horizontal ? by : 0);
    const leaves = graph.downwards ? row >= side : column >= side;
    if (leaves) return { layer: 1, unit: Math.max(0, graph.slot[1].indexOf(Math.floor(sizes[1] / 2))) };
    return row < 0 || row >= side || column < 0 || column >= side ? at : { layer: 0, unit: row * side + column };
  }
  if (horizontal !== graph.downwards) {
    const layer = at.layer + by;
    if (layer >= sizes.length) return at;
    if (layer === 0) {
      const { side } = graph.plane;
      return { layer, unit: graph.downwards ? (side - 1) * side + (side >> 1) : (side >> 1) * side + side - 1 };
    }
    const place = Math.round((graph.slot[at.layer][at.unit] / Math.max(1, sizes[at.layer] - 1)) * (sizes[layer] - 1));
    return { layer, unit: graph.slot[layer].indexOf(place) };
  }
  const place = Math.max(0, Math.min(sizes[at.layer] - 1, graph.slot[at.layer][at.unit] + by));
  return { layer: at.layer, unit: graph.slot[at.layer].indexOf(place) };
}
