/**
 * Made-up data in the shape of the real, for looking at figures while they are built. Nothing here was measured, and the product never
 * shows any of it.
 */

/** @param {number} seed @returns {() => number} 0…1, mulberry32 */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} next */
const normal = (next) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

const SIZES = [784, 300, 100, 10];

/** @param {number} seed @param {number} rounds @param {number} rate */
export function network(seed = 1, rounds = 5, rate = 0.5) {
  const next = random(seed);
  /** @type {Float32Array<ArrayBuffer>[]} */
  const start = [];
  /** @type {Float32Array<ArrayBuffer>[]} */
  const trained = [];
  /** @type {Uint8Array[]} */
  const ages = [];
  for (let layer = 0; layer + 1 < SIZES.length; layer += 1) {
    const [inputs, outputs] = [SIZES[layer], SIZES[layer + 1]];
    const sigma = Math.sqrt(2 / (inputs + outputs));
    const a = new Float32Array(inputs * outputs);
    const b = new Float32Array(inputs * outputs);
    const spots = Array.from({ length: outputs }, () => Array.from({ length: 3 }, () => [4 + 20 * next(), 4 + 20 * next(), next() < 0.5 ? -1 : 1]));
    const useful = Array.from({ length: outputs }, () => next() ** 1.5);
    for (let i = 0; i < inputs; i += 1) {
      const [x, y] = [i % 28, Math.floor(i / 28)];
      const lit = layer ? 1 : Math.exp(-(((x - 14) / 7) ** 2) - ((y - 14) / 9) ** 2);
      for (let o = 0; o < outputs; o += 1) {
        const k = i * outputs + o;
        a[k] = sigma * normal(next);
        const shape = layer
          ? normal(next) * 0.5
          : spots[o].reduce((sum, [sx, sy, sign]) => sum + sign * Math.exp(-((x - sx) ** 2 + (y - sy) ** 2) / 9), 0);
        b[k] = a[k] * (layer ? 1 : 0.5 + 0.5 * lit) + sigma * lit * useful[o] * (2.2 * shape + 0.35 * normal(next));
      }
    }
    const age = new Uint8Array(inputs * outputs);
    let alive = Array.from({ length: inputs * outputs }, (_, k) => k).sort((p, q) => Math.abs(b[p]) - Math.abs(b[q]));
    for (let round = 1; round <= rounds; round += 1) {
      alive = alive.slice(Math.round(alive.length * (layer === 2 ? rate / 2 : rate)));
      for (const k of alive) age[k] = round;
    }
    start.push(a);
    trained.push(b);
    ages.push(age);
  }
  const age = new Uint8Array(ages.reduce((n, each) => n + each.length, 0));
  let at = 0;
  for (const each of ages) {
    age.set(each, at);
    at += each.length;
  }
  return { sizes: SIZES, start, trained, ages, age, placement: placement(age, rounds) };
}

/** Barycentres, roughly as the engine computes them. @param {Uint8Array} age @param {number} round */
function placement(age, round) {
  const out = new Float32Array(400);
  for (let o = 0; o < 300; o += 1) {
    let sum = 0;
    let n = 0;
    for (let i = 0; i < 784; i += 1) {
      if (age[i * 300 + o] < round) continue;
      sum += Math.floor(i / 28) * 0.8 + (i % 28) * 0.3;
      n += 1;
    }
    out[o] = n ? sum / n / 31 : 1;
  }
  for (let o = 0; o < 100; o += 1) {
    let sum = 0;
    let n = 0;
    for (let i = 0; i < 300; i += 1) {
      if (age[235200 + i * 100 + o] < round) continue;
      sum += out[i];
      n += 1;
    }
    out[300 + o] = n ? sum / n : 1;
  }
  return out;
}

/**
 * @param {number} seeds @param {number} rounds @param {number} rate @param {number} steps
 * @param {{arm: string, loss: number, slow: number}[]} arms how much each loses and slows per unit of log sparsity
 */
export function results(seeds, rounds, rate, steps, arms) {
  /** @type {import('../figures/types.js').RoundResult[]} */
  const all = [];
  for (let seed = 0; seed < seeds; seed += 1) {
    const next = random(100 + seed);
    const base = 97.6 + 0.15 * normal(next);
    for (const { arm, loss, slow } of arms) {
      for (let round = arm === 'ticket' ? 0 : 1; round <= rounds; round += 1) {
        const remaining = 100 * (1 - rate * 0.995) ** round;
        const sparse = Math.log(100 / remaining);
        const bump = arm === 'ticket' ? 0.35 * Math.exp(-((sparse - 1.6) ** 2)) : 0;
        const accuracy = base + bump - loss * sparse ** 2 + 0.12 * normal(next);
        const step = Math.min(steps, Math.round((steps * (0.45 + slow * sparse + 0.04 * normal(next))) / 50) * 50);
        const alive = SIZES.slice(1).map((n, l) => Math.round(SIZES[l] * n * (1 - (l === 2 ? rate / 2 : rate)) ** round));
        all.push({
          seed,
          arm,
          round,
          remaining,
          survivors: alive,
          dead: [Math.round(Math.max(0, sparse - 1) * 30), Math.round(Math.max(0, sparse - 2) * 4)],
          effective: alive.reduce((a, b) => a + b, 0) - round * 7,
          earlyStopStep: step,
          censored: step >= steps,
          valLoss: 0.1 + loss * sparse * 0.05 + 0.003 * normal(next),
          testAccuracyEarlyStop: accuracy,
          testAccuracyFinal: accuracy - 0.05,
          trainAccuracy: Math.min(100, accuracy + 1.6),
          fingerprint: Math.floor(next() * 2 ** 32).toString(16).padStart(8, '0') + Math.floor(next() * 2 ** 32).toString(16).padStart(8, '0'),
        });
      }
    }
  }
  return all;
}

/** @param {number} seed @param {number} steps @param {number} to @param {number} final @param {number} speed */
export function curve(seed, steps, to, final, speed) {
  const next = random(seed);
  /** @type {import('../figures/types.js').CurvePoint[]} */
  const points = [];
  for (let step = 0; step <= to; step += steps / 40) {
    const t = (step / steps) * speed;
    const valAccuracy = final - (final - 9) * Math.exp(-7 * t ** 0.6) + 0.25 * normal(next) * Math.min(1, 10 * t);
    const valLoss = 0.09 + (98 - final) * 0.03 + 2.2 * Math.exp(-6 * t ** 0.55) + 0.03 * t ** 2 + 0.004 * normal(next);
    points.push({ step, valAccuracy, valLoss, trainLoss: Math.max(0.01, valLoss - 0.06 * Math.min(1, t * 2)) });
  }
  return points;
}

/** @param {Float32Array[]} weights @param {Uint8Array[]} ages @param {number} round @param {number} layer @param {number} bins */
export function histogram(weights, ages, round, layer, bins) {
  const layers = layer < 0 ? [0, 1, 2] : [layer];
  const most = Math.max(...layers.map((l) => weights[l].reduce((a, b) => Math.max(a, Math.abs(b)), 0))) * (layer < 0 ? 0.45 : 0.7);
  const edges = Float32Array.from({ length: bins + 1 }, (_, i) => (most * i) / bins);
  const kept = new Uint32Array(bins);
  const pruned = new Uint32Array(bins);
  /** @type {number[]} */
  const sizes = [];
  for (const l of layers) {
    weights[l].forEach((w, i) => {
      const bin = Math.min(bins - 1, Math.floor((Math.abs(w) / most) * bins));
      if (ages[l][i] >= round) {
        kept[bin] += 1;
        sizes.push(Math.abs(w));
      } else if (ages[l][i] === round - 1) pruned[bin] += 1;
    });
  }
  sizes.sort((a, b) => a - b);
  return { layer, edges, kept, pruned, cut: sizes[Math.floor(sizes.length * 0.5)] };
}

/** A seven with rounded ends, and a mean image. */
export function images() {
  const seven = new Uint8Array(784);
  const mean = new Float32Array(784);
  for (let y = 0; y < 28; y += 1) {
    for (let x = 0; x < 28; x += 1) {
      const bar = Math.abs(y - 7) + Math.max(0, 7 - x) * 2 + Math.max(0, x - 20) * 2;
      const leg = Math.abs(x - (20 - ((y - 7) * 8) / 16)) + Math.max(0, 7 - y) * 2 + Math.max(0, y - 23) * 2;
      seven[y * 28 + x] = Math.max(0, Math.min(255, 380 - 140 * Math.min(bar, leg)));
      const r = Math.hypot((x - 13.5) / 1, (y - 13.5) / 1.25);
      mean[y * 28 + x] = 0.55 * Math.exp(-(((r - 4.5) / 3.6) ** 2));
    }
  }
  return { seven, mean };
}
