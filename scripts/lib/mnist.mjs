// The four files of MNIST: where they come from, what they must be, and IDX just far enough to cut them into shards.

/** SHA-256 of the unpacked files as LeCun, Cortes and Burges published them. */
export const FILES = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

export const ATTRIBUTION = 'MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges';
export const LICENCE = { name: 'CC BY-SA 3.0', url: 'https://creativecommons.org/licenses/by-sa/3.0/' };

/**
 * Items `start` to `end` of an IDX file of bytes, as an IDX file of its own.
 * @param {Buffer} idx  a whole file whose sum was checked
 * @param {number} start
 * @param {number} end
 */
export function slice(idx, start, end) {
  const dimensions = idx[3];
  const headerBytes = 4 + 4 * dimensions;
  let itemBytes = 1;
  for (let d = 1; d < dimensions; d += 1) itemBytes *= idx.readUInt32BE(4 + 4 * d);
  const header = Buffer.from(idx.subarray(0, headerBytes));
  header.writeUInt32BE(end - start, 4);
  return Buffer.concat([header, idx.subarray(headerBytes + start * itemBytes, headerBytes + end * itemBytes)]);
}

/** @param {Buffer} idx */
export const count = (idx) => idx.readUInt32BE(4);
