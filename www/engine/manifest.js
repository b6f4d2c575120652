// The list of shards that a data set comes in, checked before anything is trusted to it.
import { DataError } from './unpack.js';

/**
 * @typedef {{file: string, bytes: number, sha256: string, unpacked: {bytes: number, sha256: string}}} ShardFile
 * @typedef {{count: number, images: ShardFile, labels: ShardFile}} Shard
 * @typedef {{version: 1, name: string, attribution: string, train: Shard[], test: Shard[]}} Manifest
 */

const SUM = /^[0-9a-f]{64}$/;
const PLAIN_NAME = /^[\w.-]+$/;
const LARGEST = 1 << 28;

const isCount = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= LARGEST;

/** @param {any} file */
const isFile = (file) =>
  typeof file?.file === 'string' && PLAIN_NAME.test(file.file) && isCount(file.bytes) && SUM.test(file.sha256) &&
  isCount(file.unpacked?.bytes) && SUM.test(file.unpacked?.sha256);

/** @param {any} shard */
const isShard = (shard) => isCount(shard?.count) && isFile(shard.images) && isFile(shard.labels);

/**
 * @param {string} text
 * @returns {Manifest}
 */
export function parseManifest(text) {
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DataError('The list of data files is not JSON: the server may have answered with another page. Try again.');
  }
  const lists = value?.version === 1 && Array.isArray(value.train) && Array.isArray(value.test);
  if (!lists || value.train.length === 0 || value.test.length === 0 || ![...value.train, ...value.test].every(isShard)) {
    throw new DataError('The list of data files is damaged or of another version: reload the page and try again.');
  }
  return value;
}

/**
 * The first shards that together hold `count` images, or all there are.
 * @param {Shard[]} shards
 * @param {number} count
 */
export function firstShards(shards, count) {
  /** @type {Shard[]} */
  const chosen = [];
  let held = 0;
  for (const shard of shards) {
    if (held >= count) break;
    chosen.push(shard);
    held += shard.count;
  }
  return chosen;
}

/** @param {Shard[]} shards */
export const bytesOf = (shards) => shards.reduce((sum, { images, labels }) => sum + images.bytes + labels.bytes, 0);
