// TensorFlow.js 4.22 with its WebAssembly backend, SIMD.
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { answer, time } from '../lib/answer.js';
import { ADAM, BATCH, CLASSES, PIXELS, SIZES, glorot, readBatches } from '../lib/batches.js';

/** @type {{ x: tf.Tensor2D, y: tf.Tensor2D }[]} */
let batches;
/** @type {tf.Variable[]} */
let variables;
/** @type {tf.Optimizer} */
let optimizer;
let next = 0;

/** @param {tf.Tensor2D} x @param {tf.Tensor2D} y @returns {tf.Scalar} */
function lossOf(x, y) {
  let activation = x;
  for (let layer = 0; layer < variables.length; layer += 2) {
    const [w, b] = /** @type {[tf.Variable, tf.Variable]} */ (variables.slice(layer, layer + 2));
    const z = /** @type {tf.Tensor2D} */ (tf.add(tf.matMul(activation, /** @type {any} */ (w)), b));
    activation = layer + 2 < variables.length ? tf.relu(z) : z;
  }
  return /** @type {tf.Scalar} */ (tf.losses.softmaxCrossEntropy(y, activation));
}

/** @param {number} steps */
function train(steps) {
  let loss = NaN;
  for (let step = 0; step < steps; step++) {
    const { x, y } = batches[next];
    const last = step === steps - 1;
    const value = optimizer.minimize(() => lossOf(x, y), last, variables);
    if (value) loss = value.dataSync()[0];
    value?.dispose();
    next = (next + 1) % batches.length;
  }
  return loss;
}

answer({
  async prepare() {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plain,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threaded,
    });
    await tf.setBackend('wasm');
    await tf.ready();
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('SIMD is not on');
    batches = (await readBatches(100)).map(({ images, oneHot }) => ({
      x: tf.tensor2d(images, [BATCH, PIXELS]),
      y: tf.tensor2d(oneHot, [BATCH, CLASSES]),
    }));
    variables = SIZES.slice(1).flatMap((outputs, layer) => [
      tf.variable(tf.tensor2d(glorot(SIZES[layer], outputs), [SIZES[layer], outputs])),
      tf.variable(tf.zeros([outputs])),
    ]);
    optimizer = tf.train.adam(ADAM.rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
    train(20);
    return { backend: tf.getBackend() };
  },

  /** @param {{ steps: number }} how */
  async measure({ steps }) {
    let loss = NaN;
    const milliseconds = await time(() => {
      loss = train(steps);
    });
    return { samples: steps * BATCH, milliseconds, loss };
  },
});
