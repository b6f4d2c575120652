/** A drawing made into an image as MNIST's are: scaled to fit 20 × 20, its centre of mass in the middle of 28 × 28. */

export const SIDE = 28;
/** The drawing is this many times finer than the image. */
export const FINE = 4;
export const DRAWN = SIDE * FINE;

/** Less than this is not part of a drawing. */
const FAINT = 0.05;

/**
 * @param {Float32Array} drawing DRAWN × DRAWN, 0…1
 * @param {number} [size]        its side
 * @returns {Uint8Array<ArrayBuffer>}  784 bytes
 */
export function centreDigit(drawing, size = DRAWN) {
  const out = new Uint8Array(SIDE * SIDE);
  let left = size;
  let right = -1;
  let top = size;
  let bottom = -1;
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const value = drawing[y * size + x];
      if (value < FAINT) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  }
  if (right < 0) return out;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const scale = 20 / Math.max(width, height);
  // Where the drawing's origin comes to lie; the box may not leave the image, whatever its centre of mass says.
  const place = (/** @type {number} */ centre, /** @type {number} */ low, /** @type {number} */ extent) => {
    const start = SIDE / 2 - (centre - low) * scale;
    return Math.max(0, Math.min(SIDE - extent * scale, start)) - low * scale;
  };
  const shiftX = place(massX / mass, left, width);
  const shiftY = place(massY / mass, top, height);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      out[y * SIDE + x] = Math.round(255 * Math.min(1, mean(drawing, size, (x - shiftX) / scale, (y - shiftY) / scale, 1 / scale)));
    }
  }
  return out;
}

/**
 * The mean over a square of the drawing, parts of pixels counted in part.
 * @param {Float32Array} drawing @param {number} size
 * @param {number} x0 @param {number} y0 @param {number} side
 */
function mean(drawing, size, x0, y0, side) {
  let sum = 0;
  const x1 = x0 + side;
  const y1 = y0 + side;
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(size, y1); y += 1) {
    const tall = Math.min(y + 1, y1) - Math.max(y, y0);
    if (tall <= 0) continue;
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(size, x1); x += 1) {
      const wide = Math.min(x + 1, x1) - Math.max(x, x0);
      if (wide > 0) sum += drawing[y * size + x] * wide * tall;
    }
  }
  return sum / (side * side);
}

/** An image as a drawing, so that it can be drawn on. @param {ArrayLike<number>} pixels 784 bytes */
export function enlarge(pixels) {
  const drawing = new Float32Array(DRAWN * DRAWN);
  for (let y = 0; y < DRAWN; y += 1) {
    for (let x = 0; x < DRAWN; x += 1) {
      drawing[y * DRAWN + x] = pixels[Math.floor(y / FINE) * SIDE + Math.floor(x / FINE)] / 255;
    }
  }
  return drawing;
}

/**
 * A stroke of a round pen.
 * @param {Float32Array} drawing
 * @param {number} x0 in pixels of the drawing
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @param {number} [radius]
 */
export function stroke(drawing, x0, y0, x1, y1, radius = 1.15 * FINE) {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length2 = dx * dx + dy * dy;
  const reach = radius + 1;
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach)); y <= Math.min(DRAWN - 1, Math.ceil(Math.max(y0, y1) + reach)); y += 1) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - reach)); x <= Math.min(DRAWN - 1, Math.ceil(Math.max(x0, x1) + reach)); x += 1) {
      const px = x + 0.5 - x0;
      const py = y + 0.5 - y0;
      const along = length2 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length2)) : 0;
      const away = Math.hypot(px - along * dx, py - along * dy);
      const ink = Math.max(0, Math.min(1, radius + 0.5 - away));
      const i = y * DRAWN + x;
      if (ink > drawing[i]) drawing[i] = ink;
    }
  }
}

/** Turns one pixel of the image on or off in the drawing. @param {Float32Array} drawing @param {number} column @param {number} row */
export function toggle(drawing, column, row) {
  let sum = 0;
  for (let y = 0; y < FINE; y += 1) for (let x = 0; x < FINE; x += 1) sum += drawing[(row * FINE + y) * DRAWN + column * FINE + x];
  const value = sum / (FINE * FINE) > 0.5 ? 0 : 1;
  for (let y = 0; y < FINE; y += 1) for (let x = 0; x < FINE; x += 1) drawing[(row * FINE + y) * DRAWN + column * FINE + x] = value;
}

/** The largest of ten, the first of equals. @param {ArrayLike<number>} probabilities */
export function answerOf(probabilities) {
  let best = 0;
  for (let i = 1; i < probabilities.length; i += 1) if (probabilities[i] > probabilities[best]) best = i;
  return best;
}
