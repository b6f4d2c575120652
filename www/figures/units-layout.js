/** How an atlas of receptive fields is laid out. */

/** Pixels between tiles. */
const GAP = 1;

/** Columns of a tile for so many inputs: 784 are an image of 28, 300 a panel of 20 × 15. @param {number} inputs */
const tileColumns = (inputs) => (inputs === 300 ? 20 : Math.ceil(Math.sqrt(inputs)));

/**
 * As many columns as make the tiles largest in the room there is.
 * @param {number} units
 * @param {number} inputs
 * @param {number} width of the room
 * @param {number} height
 */
export function layoutAtlas(units, inputs, width, height) {
  const tileWidth = tileColumns(inputs);
  const tileHeight = Math.ceil(inputs / tileWidth);
  let best = { columns: 1, rows: units, scale: 0, worth: 0 };
  for (let columns = 1; columns <= units; columns += 1) {
    const rows = Math.ceil(units / columns);
    const scale = Math.min(width / (columns * (tileWidth + GAP) + GAP), height / (rows * (tileHeight + GAP) + GAP));
    // A whole last row is worth a little size.
    const worth = scale * (units % columns ? 0.9 : 1);
    if (worth > best.worth) best = { columns, rows, scale, worth };
  }
  const { columns, rows, scale } = best;
  return {
    columns,
    rows,
    scale,
    tileWidth,
    tileHeight,
    bitmapWidth: columns * (tileWidth + GAP) + GAP,
    bitmapHeight: rows * (tileHeight + GAP) + GAP,
    /** The corner of a place in bitmap pixels. @param {number} place */
    corner: (place) => ({
      x: GAP + (place % columns) * (tileWidth + GAP),
      y: GAP + Math.floor(place / columns) * (tileHeight + GAP),
    }),
    /** The place under a point in CSS pixels, or −1. @param {number} x @param {number} y */
    placeAt: (x, y) => {
      const column = Math.floor(x / scale / (tileWidth + GAP));
      const row = Math.floor(y / scale / (tileHeight + GAP));
      const place = row * columns + column;
      return column >= 0 && column < columns && row >= 0 && place < units ? place : -1;
    },
  };
}

/**
 * Ways into each unit that are alive.
 * @param {Uint8Array | null} age inputs × outputs
 * @param {number} inputs @param {number} outputs @param {number} round
 */
export function inDegrees(age, inputs, outputs, round) {
  const degrees = new Uint16Array(outputs);
  if (!age || round <= 0) return degrees.fill(inputs);
  for (let i = 0, k = 0; i < inputs; i += 1) for (let o = 0; o < outputs; o += 1, k += 1) if (age[k] >= round) degrees[o] += 1;
  return degrees;
}

/** Units in their order, the dead last. @param {ArrayLike<number>} dead */
export function deadLast(dead) {
  const units = Array.from({ length: dead.length }, (_, unit) => unit);
  return [...units.filter((unit) => !dead[unit]), ...units.filter((unit) => dead[unit])];
}
