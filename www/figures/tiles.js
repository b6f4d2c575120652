/** Weights as pixels: sign by colour, size by opacity, what is pruned left as paper. */

/** @typedef {[number, number, number]} Rgb */

/**
 * Writes one tile, a weight a pixel.
 * @param {Uint32Array} out     RGBA pixels
 * @param {number} width        of the whole bitmap
 * @param {number} x
 * @param {number} y
 * @param {number} columns      of the tile
 * @param {number} count        pixels of the tile
 * @param {(i: number) => number} value  −1…1, 0 for nothing
 * @param {Uint32Array} positive  256 colours from faint to full
 * @param {Uint32Array} negative
 */
export function paintTile(out, width, x, y, columns, count, value, positive, negative) {
  for (let i = 0; i < count; i += 1) {
    const v = value(i);
    if (v === 0) continue;
    const row = (i / columns) | 0;
    const size = v < 0 ? -v : v;
    out[(y + row) * width + x + (i - row * columns)] = (v < 0 ? negative : positive)[size >= 1 ? 255 : (size * 255) | 0];
  }
}

/**
 * From the faintest that can be told from paper to full.
 * @param {Rgb} colour
 * @param {number} [faintest] 0…1
 */
export function ramp([r, g, b], faintest = 0.12) {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const alpha = Math.round(255 * (faintest + (1 - faintest) * (i / 255)));
    return ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/**
 * The value below which all but a few lie, for scaling opacity.
 * @param {Float32Array} values
 * @param {number} [share]
 */
export function strongest(values, share = 0.99) {
  const stride = Math.max(1, Math.floor(values.length / 8192));
  /** @type {number[]} */
  const sample = [];
  for (let i = 0; i < values.length; i += stride) if (values[i] !== 0) sample.push(Math.abs(values[i]));
  sample.sort((a, b) => a - b);
  return sample[Math.floor((sample.length - 1) * share)] || 1;
}
