// What happens to the engine's wasm between the compiler and the page.
import { readFile, writeFile } from 'node:fs/promises';
import { run } from './run.mjs';
import { Sentence } from './say.mjs';

// Functions of the standard library that never return: they put a panic into words and trap. In a worker nothing writes the words down.
const PANICS =
  /^(core(\[\w+\])?::(panicking::|(option|result)::(unwrap|expect)_failed|str::slice_error_fail|slice::.*_fail)|alloc(\[\w+\])?::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error))/;

// What browsers with vectors (SIMD) have as well; binaryen must not use more.
const FEATURES = /** @type {const} */ ({
  SIMD128: 'simd',
  BulkMemory: 'bulk-memory',
  NontrappingFPToInt: 'nontrapping-float-to-int',
  SignExt: 'sign-ext',
  MutableGlobals: 'mutable-globals',
  ReferenceTypes: 'reference-types',
  Multivalue: 'multivalue',
});

const OPTIMISE = [
  '-O3',
  ...Object.values(FEATURES).map((feature) => `--enable-${feature}`),
  '--strip-debug',
  '--strip-producers',
];

/**
 * Leaves of every panic the bare trap, without its words, and optimises: a twentieth less to load.
 * @param {string} file  wasm that still has its functions' names
 * @param {NodeJS.ProcessEnv} env  from `ensureWasmTools`
 */
export async function shrinkWasm(file, env) {
  // Imported when needed: the scripts are loaded before the packages are installed.
  const { default: binaryen } = await import('binaryen');
  const names = /** @type {(keyof typeof FEATURES)[]} */ (Object.keys(FEATURES));
  const features = names.reduce((all, name) => all | binaryen.Features[name], 0);
  const module = binaryen.readBinary(await readFile(file));
  module.setFeatures(features);
  // Its types look for this at the module.
  const { setBody } = /** @type {any} */ (binaryen).Function;
  let quiet = 0;
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const found = module.getFunctionByIndex(index);
    if (!PANICS.test(binaryen.getFunctionInfo(found).name)) continue;
    setBody(found, module.unreachable());
    quiet++;
  }
  if (quiet === 0) {
    throw new Sentence('no panic was found in the wasm: does this compiler name them differently? See scripts/lib/shrink-wasm.mjs');
  }
  await writeFile(file, module.emitBinary());
  module.dispose();
  await run('wasm-opt', [...OPTIMISE, file, '-o', file], { env });
}
