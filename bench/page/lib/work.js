// What a step needs at least: four-lane vector operations, when everything that is exactly zero is skipped.
import { BATCH, PIXELS, SIZES, bytes } from './batches.js';

const LANES = 4;

/** @param {Float32Array} x  (inputs) @param {Float32Array} w  (inputs, outputs) @param {Float32Array} b */
function dense(x, w, b) {
  const out = Float32Array.from(b);
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== 0) for (let o = 0; o < out.length; o++) out[o] += x[i] * w[i * out.length + o];
  }
  return out.map((sum) => Math.max(sum, 0));
}

const litIn = (/** @type {Float32Array} */ x) => x.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);

/**
 * Mean over images of the multiply-adds of each part.
 * @param {Float32Array[]} weights
 * @param {Float32Array[]} biases
 * @param {Uint8Array} file  IDX images
 * @param {ArrayLike<number>} images
 */
function perImage(weights, biases, file, images) {
  const [, first, second, last] = SIZES;
  let forward = 0;
  let backward = 0;
  for (let n = 0; n < images.length; n++) {
    const at = 16 + images[n] * PIXELS;
    const x = Float32Array.from(file.subarray(at, at + PIXELS), (value) => value / 255);
    const h1 = dense(x, weights[0], biases[0]);
    const h2 = dense(h1, weights[1], biases[1]);
    const [lit, active1, active2] = [x, h1, h2].map(litIn);
    forward += lit * first + active1 * second + active2 * last;
    // Vectors run across inputs or across outputs, so only one side's zeros can be skipped: the better one.
    backward += active2 * last + Math.min(active1 * second, first * active2);
  }
  return { forward: forward / images.length / LANES, backward: backward / images.length / LANES };
}

/** @param {any} engine */
export async function countWork(engine) {
  const weights = [0, 1, 2].map((layer) => engine.weights(layer, 'current'));
  const biases = [0, 1, 2].map((layer) => engine.biases(layer, 'current'));
  const train = await bytes('/data/train-images-idx3-ubyte');
  const test = await bytes('/data/t10k-images-idx3-ubyte');
  const order = engine.benchOrder(50);
  const step = perImage(weights, biases, train, order);
  const evaluation = perImage(weights, biases, test, Array.from({ length: 1000 }, (_, n) => n * 10));
  const everLit = new Set();
  for (let at = 16; at < train.length; at++) if (train[at] !== 0) everLit.add((at - 16) % PIXELS);
  const [inputs, first, second, last] = SIZES;
  const parameters = (everLit.size + 1) * first + (first + 1) * second + (second + 1) * last;
  return {
    // Forward, the same again for the gradient, and the way back.
    stepMultiplyAdds: BATCH * (2 * step.forward + step.backward),
    stepUpdates: parameters / LANES,
    imageMultiplyAdds: evaluation.forward,
    share: { everLit: everLit.size / inputs },
  };
}
