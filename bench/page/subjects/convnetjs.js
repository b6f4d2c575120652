// ConvNetJS 0.3, plain JavaScript. It has no Adam; Adadelta is nearest: two running averages a weight.
import convnetjs from 'convnetjs';
import { answer, time } from '../lib/answer.js';
import { BATCH, PIXELS, SIZES, readBatches } from '../lib/batches.js';

/** @type {{ x: any, label: number }[]} */
let samples;
/** @type {any} */
let trainer;
let next = 0;
let loss = 0;

/** @param {number} steps */
function train(steps) {
  for (let s = 0; s < steps * BATCH; s++) {
    const { x, label } = samples[next];
    loss = trainer.train(x, label).loss;
    next = (next + 1) % samples.length;
  }
}

answer({
  async prepare() {
    const batches = await readBatches(20);
    samples = batches.flatMap(({ images, labels }) =>
      Array.from(labels, (label, s) => {
        const x = new convnetjs.Vol(1, 1, PIXELS, 0);
        x.w.set(images.subarray(s * PIXELS, (s + 1) * PIXELS));
        return { x, label };
      }),
    );
    const net = new convnetjs.Net();
    net.makeLayers([
      { type: 'input', out_sx: 1, out_sy: 1, out_depth: PIXELS },
      { type: 'fc', num_neurons: SIZES[1], activation: 'relu' },
      { type: 'fc', num_neurons: SIZES[2], activation: 'relu' },
      { type: 'softmax', num_classes: SIZES[3] },
    ]);
    trainer = new convnetjs.Trainer(net, { method: 'adadelta', batch_size: BATCH, l2_decay: 0 });
    train(10);
  },

  /** @param {{ steps: number }} how */
  async measure({ steps }) {
    const milliseconds = await time(() => train(steps));
    return { samples: steps * BATCH, milliseconds, loss };
  },
});
