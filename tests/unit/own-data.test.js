// What the reader's own files are, and where they belong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pairUp, place, readIdxFile } from '../../www/engine/own-data.js';

/** @param {string} name @param {number} magic @param {number} count */
function file(name, magic, count, { packed = false } = {}) {
  const header = Buffer.alloc(magic === 0x803 ? 16 : 8);
  header.writeUInt32BE(magic, 0);
  header.writeUInt32BE(count, 4);
  const bytes = new Uint8Array(packed ? gzipSync(header) : header);
  return { name, size: bytes.length, arrayBuffer: async () => /** @type {ArrayBuffer} */ (bytes.buffer) };
}

const images = (/** @type {string} */ name, /** @type {number} */ count, options = {}) => file(name, 0x803, count, options);
const labels = (/** @type {string} */ name, /** @type {number} */ count, options = {}) => file(name, 0x801, count, options);
const read = (/** @type {any[]} */ files) => Promise.all(files.map(readIdxFile));
const none = { train: null, test: null };

test('four files in any order find their places by name', async () => {
  const files = await read([labels('t10k-labels-idx1-ubyte', 10), images('train-images-idx3-ubyte.gz', 60, { packed: true }), images('t10k-images-idx3-ubyte', 10), labels('train-labels-idx1-ubyte', 60)]);
  const { train, test } = place(pairUp(files), none);
  assert.equal(train?.images.name, 'train-images-idx3-ubyte.gz');
  assert.equal(train?.labels.count, 60);
  assert.equal(test?.images.name, 't10k-images-idx3-ubyte');
});

test('without telling names the larger pair trains', async () => {
  const files = await read([images('a-images', 5), labels('a-labels', 5), images('b-images', 9), labels('b-labels', 9)]);
  const { train, test } = place(pairUp(files), none);
  assert.equal(train?.count, 9);
  assert.equal(test?.count, 5);
});

test('pairs of one size are told apart by name', async () => {
  const files = await read([images('b-images', 5), labels('a-labels', 5), images('a-images', 5), labels('b-labels', 5)]);
  for (const pair of pairUp(files)) assert.equal(pair.images.name[0], pair.labels.name[0]);
});

test('one pair trains first, the next one tests', async () => {
  const first = place(pairUp(await read([images('x', 9), labels('y', 9)])), none);
  assert.equal(first.train?.count, 9);
  const both = place(pairUp(await read([images('x', 4), labels('y', 4)])), first);
  assert.equal(both.train?.count, 9);
  assert.equal(both.test?.count, 4);
  const named = place(pairUp(await read([images('t10k-images', 4), labels('t10k-labels', 4)])), none);
  assert.equal(named.train, null);
});

test('what is no IDX file is refused in a sentence', async () => {
  await assert.rejects(readIdxFile(file('photo.png', 0x89504e47, 0)), /photo\.png is no IDX file .* begins with 89504e47/);
  await assert.rejects(readIdxFile({ name: 'x', size: 3, arrayBuffer: async () => new ArrayBuffer(3) }), /too short/);
  const broken = new Uint8Array([0x1f, 0x8b, 1, 2, 3, 4, 5, 6]);
  await assert.rejects(readIdxFile({ name: 'x.gz', size: 8, arrayBuffer: async () => broken.buffer }), /not a whole gzip file/);
  await assert.rejects(readIdxFile({ name: 'huge', size: 1e12, arrayBuffer: async () => new ArrayBuffer(0) }), /huge has/);
});

test('files without their other half are refused in a sentence', async () => {
  const lone = await read([images('a', 5)]);
  assert.throws(() => pairUp(lone), /holds 5 images, and no file with 5 labels/);
  const unequal = await read([images('a', 5), labels('b', 6)]);
  assert.throws(() => pairUp(unequal), /holds 5 images/);
  const orphan = await read([labels('b', 6)]);
  assert.throws(() => pairUp(orphan), /holds 6 labels/);
});
