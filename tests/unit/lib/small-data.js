// A data set of a few images, and a server of it.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const sum = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex');

/** Three shards of two images to train on, one to test on. */
export function dataSet() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  const file = (/** @type {string} */ name, /** @type {number} */ size) => {
    const plain = new Uint8Array(size).map((_, at) => (at * 7 + name.length) % 251);
    const packed = new Uint8Array(gzipSync(plain));
    files.set(name, packed);
    return { file: name, bytes: packed.length, sha256: sum(packed), unpacked: { bytes: size, sha256: sum(plain) } };
  };
  const shard = (/** @type {string} */ name) => ({ count: 2, images: file(`${name}.images.gz`, 100), labels: file(`${name}.labels.gz`, 10) });
  const manifest = { version: 1, name: 'small', attribution: '', train: ['a', 'b', 'c'].map(shard), test: [shard('t')] };
  return { files, manifest };
}

/** @param {ReturnType<typeof dataSet>} set */
export function server(set) {
  /** @type {string[]} */
  const asked = [];
  const fetch = async (/** @type {any} */ url) => {
    const name = String(url).slice(String(url).lastIndexOf('/') + 1);
    asked.push(name);
    if (name === 'manifest.json') return new Response(JSON.stringify(set.manifest));
    const bytes = set.files.get(name);
    return bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 });
  };
  return { asked, fetch: /** @type {typeof globalThis.fetch} */ (fetch) };
}
