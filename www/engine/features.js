// What the browser must have, and since when browsers have it.

/** The smallest module that uses a SIMD instruction: a function that makes a vector of an integer and drops it. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/**
 * @typedef {{name: string, since: string, has: (scope: any) => boolean}} Feature
 * @type {Feature[]}
 */
export const FEATURES = [
  { name: 'WebAssembly', since: 'Chrome 57, Firefox 52, Safari 11', has: (scope) => typeof scope.WebAssembly === 'object' },
  {
    name: 'WebAssembly SIMD',
    since: 'Chrome 91, Firefox 89, Safari 16.4',
    has: ({ WebAssembly }) => typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_MODULE),
  },
  { name: 'module workers', since: 'Chrome 80, Firefox 114, Safari 15', has: (scope) => typeof scope.Worker === 'function' },
  { name: 'DecompressionStream', since: 'Chrome 80, Firefox 113, Safari 16.4', has: (scope) => typeof scope.DecompressionStream === 'function' },
];

/** What is missing. @param {any} [scope] */
export const missingFeatures = (scope = globalThis) => FEATURES.filter(({ has }) => !has(scope));
