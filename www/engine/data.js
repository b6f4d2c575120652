/**
 * A data set for the engines: which shards there are, and their packed bytes once they are here. One download serves every worker
 * and every element on the page.
 */
import { downloadFile } from './download.js';
import { bytesOf, firstShards, parseManifest } from './manifest.js';
import { DataError } from './unpack.js';

/**
 * @typedef {import('./manifest.js').Shard} Shard
 * @typedef {import('./protocol.js').Part} Part
 * @typedef {{kind: 'train' | 'test', count: number, images: Part, labels: Part}} PackedShard
 *
 * What a worker is fed with: its shards in order, under a key that changes with the data.
 * @typedef {object} Supply
 * @property {string} key
 * @property {string} name
 * @property {PackedShard[]} train
 * @property {PackedShard[]} test
 */

const AT_ONCE = 4;

export class Download {
  #url;
  #fetch;
  /** @type {Promise<import('./manifest.js').Manifest> | null} */ #manifest = null;
  /** @type {Map<string, Promise<Uint8Array<ArrayBuffer>>>} */ #files = new Map();

  /**
   * @param {string} manifestUrl  absolute
   * @param {typeof globalThis.fetch} [fetch]
   */
  constructor(manifestUrl, fetch = (...args) => globalThis.fetch(...args)) {
    this.#url = manifestUrl;
    this.#fetch = fetch;
  }

  /** @returns {Promise<import('./manifest.js').Manifest>} */
  manifest() {
    this.#manifest ??= this.#loadManifest().catch((error) => {
      this.#manifest = null;
      throw error;
    });
    return this.#manifest;
  }

  async #loadManifest() {
    /** @type {Response} */
    let response;
    try {
      response = await this.#fetch(this.#url);
    } catch {
      throw new DataError('The list of data files could not be loaded: the connection failed.');
    }
    if (!response.ok) throw new DataError(`The list of data files could not be loaded: the server answered ${response.status}.`);
    return parseManifest(await response.text());
  }

  /**
   * Everything that holds the first `train` and `test` images.
   * @param {object} wanted
   * @param {number} wanted.train
   * @param {number} wanted.test
   * @param {(bytes: number, total: number) => void} wanted.onProgress
   * @returns {Promise<Supply>}
   */
  async load({ train, test, onProgress }) {
    const manifest = await this.manifest();
    const chosen = { train: firstShards(manifest.train, train), test: firstShards(manifest.test, test) };
    const shards = [...chosen.train, ...chosen.test];
    const total = bytesOf(shards);
    let done = 0;
    const onBytes = (/** @type {number} */ more) => {
      done += more;
      onProgress(Math.min(done, total), total);
    };
    onProgress(0, total);
    const files = shards.flatMap(({ images, labels }) => [images, labels]);
    await inParallel(files, AT_ONCE, async (file) => {
      let missing = file.bytes;
      await this.#file(file, (more) => {
        missing -= more;
        onBytes(more);
      });
      // One that was here, or that another load asked for, comes in one piece.
      onBytes(missing);
    });
    const pack = (/** @type {'train' | 'test'} */ kind) => Promise.all(chosen[kind].map((shard) => this.#packed(kind, shard)));
    return { key: this.#url, name: manifest.name, train: await pack('train'), test: await pack('test') };
  }

  /**
   * @param {'train' | 'test'} kind
   * @param {Shard} shard
   * @returns {Promise<PackedShard>}
   */
  async #packed(kind, { count, images, labels }) {
    const part = async (/** @type {import('./manifest.js').ShardFile} */ file) => ({
      bytes: (await this.#file(file)).buffer,
      gzip: true,
      unpacked: file.unpacked,
    });
    return { kind, count, images: await part(images), labels: await part(labels) };
  }

  /**
   * A file is asked for once; one that failed may be asked for again.
   * @param {import('./manifest.js').ShardFile} file
   * @param {(bytes: number) => void} [onBytes]  as they come, to whoever asks first
   */
  #file(file, onBytes = () => {}) {
    const known = this.#files.get(file.file);
    if (known) return known;
    const url = new URL(file.file, this.#url).href;
    const loading = downloadFile(url, file, onBytes, this.#fetch);
    this.#files.set(file.file, loading);
    loading.catch(() => this.#files.delete(file.file));
    return loading;
  }
}

/**
 * @template T
 * @param {T[]} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<unknown>} work
 */
async function inParallel(items, atOnce, work) {
  const waiting = items.values();
  const one = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** @type {Map<string, Download>} */
const downloads = new Map();

/** The page's one download of a data set. @param {string} manifestUrl  absolute */
export function sharedDownload(manifestUrl) {
  let download = downloads.get(manifestUrl);
  if (!download) {
    download = new Download(manifestUrl);
    downloads.set(manifestUrl, download);
  }
  return download;
}
