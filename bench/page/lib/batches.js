// The batches that every peer trains on: the same images in the same order for all, as floats, made before the clock starts.

export const PIXELS = 784;
export const CLASSES = 10;
export const BATCH = 60;
export const SIZES = [784, 300, 100, 10];
export const ADAM = { rate: 0.0012, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** The bytes of a file. @param {string} url */
export async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * @typedef {object} Batch
 * @property {Float32Array} images  (60, 784), each pixel / 255
 * @property {Int32Array} labels  (60)
 * @property {Float32Array} oneHot  (60, 10)
 */

/**
 * @param {number} count  batches
 * @returns {Promise<Batch[]>}
 */
export async function readBatches(count) {
  const [images, labels, order] = await Promise.all(
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 'order'].map((name) => bytes(`/data/${name}`)),
  );
  const indices = new Uint32Array(order.buffer);
  return Array.from({ length: count }, (_, b) => {
    const batch = {
      images: new Float32Array(BATCH * PIXELS),
      labels: new Int32Array(BATCH),
      oneHot: new Float32Array(BATCH * CLASSES),
    };
    for (let s = 0; s < BATCH; s++) {
      const image = indices[b * BATCH + s];
      const first = 16 + image * PIXELS;
      for (let p = 0; p < PIXELS; p++) batch.images[s * PIXELS + p] = images[first + p] / 255;
      batch.labels[s] = labels[8 + image];
      batch.oneHot[s * CLASSES + batch.labels[s]] = 1;
    }
    return batch;
  });
}

/**
 * Gaussian Glorot weights; which ones does not matter here, that they are of the right size does.
 * @param {number} inputs
 * @param {number} outputs
 */
export function glorot(inputs, outputs) {
  const deviation = Math.sqrt(2 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return deviation * radius * Math.cos(2 * Math.PI * Math.random());
  });
}
