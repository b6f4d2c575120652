// Bytes as they travelled -> bytes as they were, checked. Runs in workers, in the page and in node.

/** A sentence for the reader about data that cannot be used. */
export class DataError extends Error {}

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sums need a secure context; elsewhere sizes and gzip's own CRC-32 have to do. */
const canSum = () => typeof crypto !== 'undefined' && crypto.subtle !== undefined;

/**
 * @param {Uint8Array<ArrayBuffer>} packed  gzip
 * @param {number} limit  unpacked bytes beyond which it is refused
 * @param {string} name  for the sentence
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function gunzip(packed, limit, name) {
  // Written by hand: piped from a blob, the bytes would take a detour through the browser's other processes.
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  // What is wrong with the bytes is said where they are read.
  for (const given of [writer.write(packed), writer.close()]) given.catch(() => {});
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > limit) throw new DataError(`${name} unpacks to more than the ${limit} bytes it may have.`);
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    if (error instanceof DataError) throw error;
    throw new DataError(`${name} is not a whole gzip file: it is damaged or cut off. Download it again.`);
  }
  return joined(chunks);
}

/** @param {Uint8Array[]} chunks */
export function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {{bytes: number, sha256: string}} promised
 * @param {string} name
 */
export async function check(bytes, promised, name) {
  if (bytes.length !== promised.bytes) {
    throw new DataError(`${name} has ${bytes.length} bytes where ${promised.bytes} were promised: the download was cut off or altered.`);
  }
  if (canSum() && (await sha256(bytes)) !== promised.sha256) {
    throw new DataError(`${name} arrived damaged: its SHA-256 is not the promised one.`);
  }
}

/**
 * @param {import('./protocol.js').Part} part
 * @param {string} name
 */
export async function unpack(part, name) {
  const bytes = new Uint8Array(part.bytes);
  if (!part.gzip) return bytes;
  const limit = part.unpacked?.bytes ?? 1 << 28;
  const whole = await gunzip(bytes, limit, name);
  if (part.unpacked) await check(whole, part.unpacked, name);
  return whole;
}
