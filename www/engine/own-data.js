/**
 * The reader's own IDX files: what each one is, and which belong together. The engine checks every byte later; here it is only
 * found out what goes where.
 */
import { DataError, gunzip } from './unpack.js';

/**
 * @typedef {{name: string, kind: 'images' | 'labels', count: number, bytes: Uint8Array<ArrayBuffer>}} IdxFile
 * @typedef {{images: IdxFile, labels: IdxFile, count: number}} Pair
 * @typedef {{train: Pair | null, test: Pair | null}} Pairs
 */

const IMAGES = 0x00000803;
const LABELS = 0x00000801;
/** 60,000 images of 28 × 28 are 47 MB. */
const LARGEST = 400_000_000;

/**
 * @param {{name: string, size: number, arrayBuffer(): Promise<ArrayBuffer>}} file
 * @returns {Promise<IdxFile>}
 */
export async function readIdxFile(file) {
  if (file.size > LARGEST) throw new DataError(`${file.name} has ${file.size} bytes; IDX files of up to ${LARGEST} bytes are read.`);
  let bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = await gunzip(bytes, LARGEST, file.name);
  if (bytes.length < 8) throw new DataError(`${file.name} is too short for an IDX file: it has ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer);
  const magic = view.getUint32(0);
  if (magic !== IMAGES && magic !== LABELS) {
    const found = magic.toString(16).padStart(8, '0');
    throw new DataError(`${file.name} is no IDX file of images or labels: it begins with ${found}, expected 00000803 or 00000801.`);
  }
  return { name: file.name, kind: magic === IMAGES ? 'images' : 'labels', count: view.getUint32(4), bytes };
}

/** The name without what tells images from labels. @param {string} name */
const stem = (name) => name.toLowerCase().replace(/\.gz$/, '').replace(/images?|labels?|idx[0-9]|ubyte|[^a-z0-9]/g, '');

const namedTest = (/** @type {string} */ name) => /t10k|test|valid/i.test(name);
const namedTrain = (/** @type {string} */ name) => /train/i.test(name);

/**
 * The labels of some images: of the same count, and of the same name when several have it.
 * @param {IdxFile} images
 * @param {IdxFile[]} labels
 */
function labelsOf(images, labels) {
  const same = labels.filter(({ count }) => count === images.count);
  return same.find(({ name }) => stem(name) === stem(images.name)) ?? (same.length === 1 ? same[0] : undefined);
}

/**
 * @param {IdxFile[]} files
 * @returns {Pair[]}
 */
export function pairUp(files) {
  const labels = files.filter(({ kind }) => kind === 'labels');
  const pairs = files.filter(({ kind }) => kind === 'images').map((images) => {
    const found = labelsOf(images, labels);
    if (!found) {
      throw new DataError(`${images.name} holds ${images.count} images, and no file with ${images.count} labels came with it: drop both together.`);
    }
    labels.splice(labels.indexOf(found), 1);
    return { images, labels: found, count: images.count };
  });
  if (labels.length > 0) {
    throw new DataError(`${labels[0].name} holds ${labels[0].count} labels, and no file with ${labels[0].count} images came with it: drop both together.`);
  }
  return pairs;
}

/**
 * Puts pairs where they belong: by name, or else the larger one trains. What came before stays where nothing new came.
 * @param {Pair[]} pairs
 * @param {Pairs} before
 * @returns {Pairs}
 */
export function place(pairs, before) {
  if (pairs.length === 0 || pairs.length > 2) {
    throw new DataError(`Two IDX files (images and labels) or four (the same for testing) are expected, and ${2 * pairs.length} came.`);
  }
  if (pairs.length === 2) {
    const [first, second] = pairs;
    const swapped = namedTest(first.images.name) || namedTrain(second.images.name) ||
      (!namedTrain(first.images.name) && !namedTest(second.images.name) && second.count > first.count);
    return swapped ? { train: second, test: first } : { train: first, test: second };
  }
  const [only] = pairs;
  const isTest = namedTest(only.images.name) || (!namedTrain(only.images.name) && before.train !== null && before.test === null);
  return isTest ? { ...before, test: only } : { ...before, train: only };
}

/**
 * @param {Pair} train
 * @param {Pair} test
 * @param {string} key
 * @returns {import('./data.js').Supply}
 */
export function supplyOf(train, test, key) {
  const shard = (/** @type {'train' | 'test'} */ kind, /** @type {Pair} */ { images, labels, count }) => ({
    kind,
    count,
    images: { bytes: images.bytes.buffer, gzip: false, unpacked: null },
    labels: { bytes: labels.bytes.buffer, gzip: false, unpacked: null },
  });
  return { key, name: train.images.name, train: [shard('train', train)], test: [shard('test', test)] };
}
