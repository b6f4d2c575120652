// Everything that compiles the engine to wasm, as one environment to run commands in.
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureWasmBindgen, ensureWasmPack } from './cargo-tools.mjs';
import { inProject } from './paths.mjs';
import { ensureWasmTarget } from './wasm-target.mjs';

// What keeps the wasm small at no cost in speed: the kernels are written in vectors and unrolled by hand, so the compiler need not
// look for loops to widen or unroll elsewhere, nor copy functions into each other as eagerly as it would for a native build.
const LEAN = [
  ...['-C', 'no-vectorize-loops', '-C', 'no-vectorize-slp'],
  ...['-C', 'llvm-args=-unroll-runtime=false', '-C', 'llvm-args=-inline-threshold=60'],
];

/**
 * The compiler's flags, replacing those of .cargo/config.toml and of the environment.
 * @param {'+simd128' | '-simd128'} simd
 * @returns {NodeJS.ProcessEnv}
 */
export function wasmFlags(simd) {
  const cargoHome = process.env.CARGO_HOME || join(homedir(), '.cargo');
  // Panics name source files; without this the published wasm would tell where its builder's home is.
  const flags = ['-C', `target-feature=${simd}`, ...LEAN, `--remap-path-prefix=${cargoHome}=cargo`];
  return { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') };
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
export async function ensureWasmTools() {
  const env = await ensureWasmTarget();
  const bindgen = await ensureWasmBindgen();
  const pack = await ensureWasmPack();
  return {
    ...env,
    // node_modules/.bin holds binaryen's wasm-opt.
    PATH: [bindgen, pack, inProject('node_modules', '.bin'), env.PATH].join(delimiter),
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: join(bindgen, 'wasm-bindgen-test-runner'),
    // A folder of its own: another compiler and other flags than the native build's.
    CARGO_TARGET_DIR: inProject('target', 'wasm'),
    ...wasmFlags('+simd128'),
  };
}
