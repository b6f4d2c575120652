// Downloads that arrive, and those that do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Download } from '../../www/engine/data.js';
import { parseManifest } from '../../www/engine/manifest.js';
import { unpack } from '../../www/engine/unpack.js';
import { dataSet, server } from './lib/small-data.js';

const url = 'http://host/data/manifest.json';
const onProgress = () => {};

test('only the shards that a run needs are loaded, each once', async () => {
  const set = dataSet();
  const { asked, fetch } = server(set);
  const download = new Download(url, fetch);
  const [first, again] = await Promise.all([download.load({ train: 3, test: 1, onProgress }), download.load({ train: 4, test: 2, onProgress })]);
  assert.equal(first.train.length, 2);
  assert.equal(again.train.length, 2);
  assert.deepEqual(asked.filter((name) => name.startsWith('c')), []);
  assert.equal(new Set(asked).size, asked.length);
  await download.load({ train: 5, test: 1, onProgress });
  assert.equal(asked.filter((name) => name.startsWith('c')).length, 2);
  const plain = await unpack(first.train[0].images, 'a');
  assert.equal(plain.length, 100);
});

test('the progress of every load grows to its total, whatever is here or on its way already', async () => {
  const download = new Download(url, server(dataSet()).fetch);
  const load = async (/** @type {number} */ train) => {
    /** @type {number[]} */
    const seen = [];
    let whole = 0;
    await download.load({ train, test: 1, onProgress: (bytes, total) => seen.push(bytes) && (whole = total) });
    assert.ok(whole > 0);
    assert.deepEqual([seen[0], seen.at(-1)], [0, whole], seen.join());
    assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  };
  await Promise.all([load(3), load(4)]);
  await load(5);
  await load(5);
});

/** @type {[string, (set: ReturnType<typeof dataSet>) => void, RegExp][]} */
const faults = [
  ['a missing file', (set) => set.files.delete('b.images.gz'), /b\.images\.gz could not be loaded: the server answered 404/],
  ['a truncated file', (set) => set.files.set('b.images.gz', /** @type {Uint8Array} */ (set.files.get('b.images.gz')).subarray(0, 20)), /b\.images\.gz has 20 bytes where \d+ were promised/],
  ['a damaged file', (set) => { /** @type {Uint8Array} */ (set.files.get('t.labels.gz'))[15] ^= 1; }, /t\.labels\.gz arrived damaged/],
  ['a list of another version', (set) => { set.manifest.version = 2; }, /list of data files is damaged or of another version/],
  ['a list that leads elsewhere', (set) => { set.manifest.train[0].images.file = '../secret'; }, /list of data files is damaged/],
];

for (const [what, damage, sentence] of faults) {
  test(`${what} is refused in a sentence, and may come right the next time`, async () => {
    const set = dataSet();
    const good = structuredClone(set);
    const { fetch } = server(set);
    damage(set);
    const download = new Download(url, fetch);
    await assert.rejects(download.load({ train: 4, test: 1, onProgress }), sentence);
    set.files = good.files;
    Object.assign(set.manifest, good.manifest);
    const loaded = await download.load({ train: 4, test: 1, onProgress });
    assert.equal(loaded.train.length, 2);
  });
}

test('a line that fails is told from a server that answers', async () => {
  const download = new Download(url, async () => { throw new TypeError('network'); });
  await assert.rejects(download.load({ train: 1, test: 1, onProgress }), /the connection failed/);
});

test('what unpacks to something else than promised is refused', async () => {
  const { manifest, files } = dataSet();
  const { images } = manifest.train[0];
  const bytes = /** @type {ArrayBuffer} */ (new Uint8Array(/** @type {Uint8Array} */ (files.get(images.file))).buffer);
  await assert.rejects(unpack({ bytes, gzip: true, unpacked: { ...images.unpacked, sha256: '0'.repeat(64) } }, 'The images'), /arrived damaged/);
  await assert.rejects(unpack({ bytes, gzip: true, unpacked: { ...images.unpacked, bytes: 99 } }, 'The images'), /more than the 99 bytes/);
  await assert.rejects(unpack({ bytes: bytes.slice(0, 30), gzip: true, unpacked: images.unpacked }, 'The images'), /not a whole gzip file/);
});

test('a manifest is JSON of the known shape', () => {
  assert.throws(() => parseManifest('<!doctype html>'), /not JSON/);
  assert.throws(() => parseManifest('{}'), /damaged/);
  assert.throws(() => parseManifest('{"version":1,"train":[],"test":[]}'), /damaged/);
});
