// One checked file from the network or the browser's cache.
import { DataError, check, joined } from './unpack.js';

const CACHE = 'lottery-ticket-data-1';

/**
 * The Cache API, or null where it is missing, blocked or full: then the network has to do.
 * @returns {Promise<Cache | null>}
 */
async function openCache() {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/**
 * @param {Response} response
 * @param {(bytes: number) => void} onBytes  bytes since the last call
 */
async function bodyOf(response, onBytes) {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    onBytes(value.length);
  }
  return joined(chunks);
}

/**
 * @param {string} url
 * @param {{bytes: number, sha256: string}} promised
 * @param {(bytes: number) => void} onBytes  while they come over the network
 * @param {typeof globalThis.fetch} fetch
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function downloadFile(url, promised, onBytes, fetch) {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const cache = await openCache();
  const kept = await cache?.match(url).catch(() => undefined);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    try {
      await check(bytes, promised, name);
      return bytes;
    } catch {
      // Another build's file, or a damaged one: fetched anew.
      await cache?.delete(url).catch(() => false);
    }
  }
  const bytes = await fetchBytes(url, name, fetch, onBytes);
  await check(bytes, promised, name);
  // Not awaited: a slow or full disk must not hold up training.
  cache?.put(url, new Response(bytes, { headers: { 'content-type': 'application/gzip' } })).catch(() => {});
  return bytes;
}

/**
 * @param {string} url
 * @param {string} name
 * @param {typeof globalThis.fetch} fetch
 * @param {(bytes: number) => void} onBytes
 */
async function fetchBytes(url, name, fetch, onBytes) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new DataError(`${name} could not be loaded: the connection failed. These data are not on this device yet: the first run with them needs a connection.`);
  }
  if (!response.ok) throw new DataError(`${name} could not be loaded: the server answered ${response.status}.`);
  try {
    return await bodyOf(response, onBytes);
  } catch {
    throw new DataError(`${name} was cut off while it was loading.`);
  }
}
