/**
 * Lines as ink on paper. Every connection adds to the pixels that it crosses; what the eye sees of it is decided afterwards, for the
 * picture as a whole. Unlike a canvas stroke this costs nanoseconds a pixel, and a line can be taken off again without a trace: in
 * whole numbers, and floats hold those exactly up to 2²⁴.
 *
 * The paper has a direction: u runs with the signal, from the pixels to the digits, v across it; rows of the arrays are columns of
 * units, so that a fan of lines is filled along memory. `develop` lays it out as wanted.
 */

/** What a line of full strength leaves in a pixel. */
export const FULL = 1024;

export class Ink {
  /** @param {number} along pixels along the signal @param {number} across */
  constructor(along, across) {
    this.along = Math.max(4, Math.floor(along));
    this.across = Math.max(4, Math.floor(across));
    const size = this.along * this.across;
    /** All ink. */
    this.total = new Float32Array(size);
    /** Ink of positive weights less that of negative ones. */
    this.balance = new Float32Array(size);
  }

  clear() {
    this.total.fill(0);
    this.balance.fill(0);
  }

  /**
   * One line, softened over two pixels. `amount` is a whole number up to {@link FULL}, negative for a negative weight; `times` is 1
   * to draw and −1 to take off. Ends outside the paper are moved to its edge.
   * @param {number} u0
   * @param {number} v0
   * @param {number} u1
   * @param {number} v1
   * @param {number} amount
   * @param {number} [times]
   */
  line(u0, v0, u1, v1, amount, times = 1) {
    const { across, total, balance } = this;
    const most = this.along - 1.01;
    const wide = across - 1.01;
    u0 = u0 < 0 ? 0 : u0 > most ? most : u0;
    u1 = u1 < 0 ? 0 : u1 > most ? most : u1;
    v0 = v0 < 0 ? 0 : v0 > wide ? wide : v0;
    v1 = v1 < 0 ? 0 : v1 > wide ? wide : v1;
    const size = amount < 0 ? -amount : amount;
    const signed = (amount < 0 ? -1 : 1) * times;
    const du = u1 - u0;
    const dv = v1 - v0;
    // Along the longer axis a pixel at a time; across it in 16.16 fixed point, shared between two neighbours.
    if ((du < 0 ? -du : du) >= (dv < 0 ? -dv : dv)) {
      const from = du >= 0 ? u0 : u1;
      const start = du >= 0 ? v0 : v1;
      const slope = du === 0 ? 0 : dv / du;
      let u = Math.ceil(from);
      const end = Math.floor(du >= 0 ? u1 : u0);
      let at = ((start + (u - from) * slope) * 65536) | 0;
      const step = (slope * 65536) | 0;
      for (; u <= end; u += 1) {
        const i = u * across + (at >> 16);
        const second = (size * ((at >> 8) & 255)) >> 8;
        const first = size - second;
        total[i] += first * times;
        total[i + 1] += second * times;
        balance[i] += first * signed;
        balance[i + 1] += second * signed;
        at += step;
      }
    } else {
      const from = dv >= 0 ? v0 : v1;
      const start = dv >= 0 ? u0 : u1;
      const slope = du / dv;
      let v = Math.ceil(from);
      const end = Math.floor(dv >= 0 ? v1 : v0);
      let at = ((start + (v - from) * slope) * 65536) | 0;
      const step = (slope * 65536) | 0;
      for (; v <= end; v += 1) {
        const i = (at >> 16) * across + v;
        const second = (size * ((at >> 8) & 255)) >> 8;
        const first = size - second;
        total[i] += first * times;
        total[i + across] += second * times;
        balance[i] += first * signed;
        balance[i + across] += second * signed;
        at += step;
      }
    }
  }

  /**
   * All lines from one unit to a column of evenly spaced ones, as the density that they amount to: in each pixel the line that passes
   * nearest to its middle stands for those that share it, times their number.
   * @param {number} u0
   * @param {number} v0
   * @param {number} u1 the column
   * @param {number} top where its first unit's room begins
   * @param {number} bottom where its last one's ends
   * @param {Float32Array} amounts one for each, in order, signed, and a last one to spare: rounding may step on it
   */
  fan(u0, v0, u1, top, bottom, amounts) {
    const { across, total, balance } = this;
    const n = amounts.length - 1;
    const from = Math.max(0, Math.ceil(u0));
    const end = Math.min(this.along - 1, Math.floor(u1));
    for (let u = from; u <= end; u += 1) {
      const s = (u - u0) / (u1 - u0);
      const low = v0 + (top - v0) * s;
      const high = v0 + (bottom - v0) * s;
      const height = high - low;
      const first = Math.max(0, Math.ceil(low - 0.5));
      const last = Math.min(across - 1, Math.floor(high - 0.5));
      // Still within a pixel or two: every line at once would be a glaring dot on the unit itself, which is drawn over it anyway.
      if (last < first || height < 2) continue;
      const step = n / height;
      // Shared by the pixels there are, or units between two of them would show as stripes.
      const share = n / (last - first + 1);
      const start = (first + 0.5 - low) * step;
      const base = u * across;
      let at = (start * 65536) | 0;
      const stride = (step * 65536) | 0;
      for (let i = base + first; i <= base + last; i += 1) {
        const value = amounts[at >> 16] * share;
        total[i] += Math.abs(value);
        balance[i] += value;
        at += stride;
      }
    }
  }

  /** Mean ink of the pixels that have any: what exposure is set by. */
  mean() {
    const { total } = this;
    let sum = 0;
    let pixels = 0;
    for (let i = 0; i < total.length; i += 1) {
      if (total[i] >= 1) {
        sum += total[i];
        pixels += 1;
      }
    }
    return pixels ? sum / pixels : 0;
  }

  /**
   * Develops the picture: opacity grows with the ink and never quite fills; the colour is the balance of the two inks.
   * @param {Uint8ClampedArray} out RGBA
   * @param {boolean} downwards whether u runs down the picture rather than across it
   * @param {number} exposure ink at which a pixel is about two thirds opaque
   * @param {[number, number, number]} positive
   * @param {[number, number, number]} negative
   * @param {Ink | null} [other] a second picture of the same size to blend with
   * @param {number} [blend] 0: this one, 1: the other
   */
  develop(out, downwards, exposure, positive, negative, other = null, blend = 0) {
    const { along, across, total, balance } = this;
    const pixels = new Uint32Array(out.buffer, out.byteOffset, out.byteLength >> 2);
    const scale = (CURVE.length - 1) / 6 / Math.max(1, exposure);
    const top = CURVE.length - 1;
    const [nr, ng, nb] = negative;
    const dr = positive[0] - nr;
    const dg = positive[1] - ng;
    const db = positive[2] - nb;
    const keep = 1 - blend;
    const rows = downwards ? along : across;
    const columns = downwards ? across : along;
    const right = downwards ? 1 : across;
    const down = downwards ? across : 1;
    let o = 0;
    for (let row = 0; row < rows; row += 1) {
      let i = row * down;
      for (let column = 0; column < columns; column += 1, i += right, o += 1) {
        let ink = total[i];
        let even = balance[i];
        if (other) {
          ink = ink * keep + other.total[i] * blend;
          even = even * keep + other.balance[i] * blend;
        }
        if (ink < 1) {
          pixels[o] = 0;
          continue;
        }
        const at = ink * scale;
        const share = SHARE[(64.5 + (64 * even) / ink) | 0];
        pixels[o] =
          (CURVE[at >= top ? top : at | 0] << 24) | (((nb + db * share) | 0) << 16) | (((ng + dg * share) | 0) << 8) | ((nr + dr * share) | 0);
      }
    }
  }
}

/** 255 (1 − e^−x) for x from 0 to 6. */
const CURVE = Uint8Array.from({ length: 2049 }, (_, i) => Math.round(255 * (1 - Math.exp((-6 * i) / 2048))));

/** Where both inks meet, the stronger shows more than its share, or all would be brown. From all negative (0) to all positive (128). */
const SHARE = Float32Array.from({ length: 130 }, (_, i) => {
  const even = Math.max(-1, Math.min(1, (i - 64) / 64));
  return 0.5 + 0.5 * Math.sign(even) * Math.abs(even) ** 0.6;
});
