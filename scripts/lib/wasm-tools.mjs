// Everything that compiles the engine to wasm, as one environment to run commands in.
import { delimiter, join } from 'node:path';
import { ensureWasmBindgen, ensureWasmPack } from './cargo-tools.mjs';
import { inProject } from './paths.mjs';
import { ensureWasmTarget } from './wasm-target.mjs';

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
    // Flags come from .cargo/config.toml; a RUSTFLAGS from outside would replace them.
    RUSTFLAGS: undefined,
    CARGO_ENCODED_RUSTFLAGS: undefined,
  };
}
