// What is missing is named, with the versions that have it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingFeatures } from '../../www/engine/features.js';

const full = { WebAssembly, Worker: class {}, DecompressionStream: class {} };
const names = (/** @type {any} */ scope) => missingFeatures(scope).map(({ name }) => name);

test('nothing is missing where all is there', () => {
  assert.deepEqual(names(full), []);
});

test('each thing that is missing is named', () => {
  assert.deepEqual(names({ ...full, Worker: undefined }), ['module workers']);
  assert.deepEqual(names({ ...full, DecompressionStream: undefined }), ['DecompressionStream']);
  assert.deepEqual(names({ ...full, WebAssembly: undefined }), ['WebAssembly', 'WebAssembly SIMD']);
  assert.deepEqual(names({ ...full, WebAssembly: { validate: () => false } }), ['WebAssembly SIMD']);
  for (const { since } of missingFeatures({})) assert.match(since, /Chrome \d+.*Firefox \d+.*Safari \d+/);
});

test('the module that asks for SIMD is valid only where there is SIMD', () => {
  /** @type {Uint8Array | null} */
  let asked = null;
  missingFeatures({ ...full, WebAssembly: { validate: (/** @type {Uint8Array<ArrayBuffer>} */ module) => { asked = module; return true; } } });
  assert.ok(asked && WebAssembly.validate(asked));
  assert.ok(Array.from(/** @type {Uint8Array} */ (asked)).includes(253), "it holds the prefix of SIMD's instructions");
});
