// The order of the images: the same for every peer, from a fixed seed.

export const IMAGES = 55_000;

/** A permutation of the first 55,000 training images by Fisher-Yates with xorshift32; little-endian u32. */
export function seededOrder() {
  let state = 0x9e3779b9;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const order = Uint32Array.from({ length: IMAGES }, (_, i) => i);
  for (let i = IMAGES - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return Buffer.from(order.buffer);
}
