// jax-js 0.1.25 on its WebAssembly device: the whole step, gradients and Adam, is one jitted function.
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { answer, time } from '../lib/answer.js';
import { ADAM, BATCH, CLASSES, PIXELS, SIZES, glorot, readBatches } from '../lib/batches.js';

/** @typedef {{ w: np.Array, b: np.Array }[]} Params */

/** @type {{ x: np.Array, y: np.Array }[]} */
let batches;
/** @type {Record<string, { state: any, step: (state: any, x: np.Array, y: np.Array, t: number) => any }>} */
let trainers;
let next = 0;
let last = NaN;

/** @param {Params} params @param {np.Array} x @param {np.Array} y */
function lossOf(params, x, y) {
  let activation = x;
  params.forEach(({ w, b }, layer) => {
    const z = np.dot(activation, w).add(b);
    activation = layer + 1 < params.length ? nn.relu(z) : z;
  });
  return nn.logSoftmax(activation).mul(y).sum().mul(-1 / BATCH);
}

const gradient = valueAndGrad(lossOf);

/** @type {(params: Params, x: np.Array, y: np.Array) => [Params, np.Array]} */
const sgd = (params, x, y) => {
  const [loss, grads] = gradient(tree.ref(params), x, y);
  return [tree.map((p, g) => p.sub(g.mul(ADAM.rate)), params, grads), loss];
};

/**
 * The two corrections come in from outside, as numbers of this step.
 * @param {{ params: Params, m: Params, v: Params }} state
 */
const adam = (state, x, y, alpha, correction) => {
  const [loss, grads] = gradient(tree.ref(state.params), x, y);
  const m = tree.map((m, g) => m.mul(ADAM.beta1).add(g.mul(1 - ADAM.beta1)), state.m, tree.ref(grads));
  const v = tree.map((v, g) => v.mul(ADAM.beta2).add(np.square(g).mul(1 - ADAM.beta2)), state.v, grads);
  const params = tree.map(
    (p, m, v) => p.sub(m.mul(alpha.ref).div(np.sqrt(v).mul(correction.ref).add(ADAM.epsilon))),
    state.params,
    tree.ref(m),
    tree.ref(v),
  );
  alpha.dispose();
  correction.dispose();
  return [{ params, m, v }, loss];
};

/** @returns {Params} */
const fresh = () =>
  SIZES.slice(1).map((outputs, layer) => ({
    w: np.array(glorot(SIZES[layer], outputs)).reshape([SIZES[layer], outputs]),
    b: np.zeros([outputs]),
  }));

/** @param {string} optimizer @param {number} steps */
async function train(optimizer, steps) {
  const trainer = trainers[optimizer];
  let loss;
  for (let step = 0; step < steps; step++) {
    const { x, y } = batches[next];
    loss?.dispose();
    [trainer.state, loss] = trainer.step(trainer.state, x.ref, y.ref);
    next = (next + 1) % batches.length;
  }
  await blockUntilReady(tree.ref(trainer.state));
  last = await loss.jsAsync();
}

answer({
  async prepare() {
    await init('wasm');
    defaultDevice('wasm');
    batches = (await readBatches(100)).map(({ images, oneHot }) => ({
      x: np.array(images).reshape([BATCH, PIXELS]),
      y: np.array(oneHot).reshape([BATCH, CLASSES]),
    }));
    const params = fresh();
    const zeros = () => tree.map((p) => np.zerosLike(p), tree.ref(params));
    const sgdStep = jit(sgd);
    const adamStep = jit(adam);
    let t = 0;
    trainers = {
      sgd: { state: fresh(), step: sgdStep },
      adam: {
        state: { params, m: zeros(), v: zeros() },
        step(state, x, y) {
          t += 1;
          const alpha = ADAM.rate / (1 - ADAM.beta1 ** t);
          const correction = 1 / Math.sqrt(1 - ADAM.beta2 ** t);
          return adamStep(state, x, y, np.array(alpha), np.array(correction));
        },
      },
    };
    await train('sgd', 20);
    await train('adam', 20);
  },

  /** @param {{ steps: number, task: string }} how */
  async measure({ steps, task }) {
    const milliseconds = await time(() => train(task, steps));
    return { samples: steps * BATCH, milliseconds, loss: last };
  },
});
