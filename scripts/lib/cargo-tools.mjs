// Programs built by `cargo install`, one folder a version in the per-user cache.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lockedVersion } from './cargo-lock.mjs';
import { installBeside } from './install-beside.mjs';
import { inCache } from './paths.mjs';
import { run, tryRun } from './run.mjs';
import { step } from './say.mjs';

const WASM_PACK = '0.15.1';

/**
 * @param {string} crate
 * @param {string} version
 * @param {string} program  the one that must answer `--version` with this version
 * @param {string} usually
 * @returns {Promise<string>} the folder with its programs
 */
async function ensureCargoTool(crate, version, program, usually) {
  const place = inCache('tools', `${crate}-${version}`);
  const works = async (/** @type {string} */ folder) => {
    const path = join(folder, 'bin', program);
    if (!existsSync(path)) return false;
    const { ok, stdout } = await tryRun(path, ['--version']);
    return ok && stdout.includes(version);
  };
  if (!(await works(place))) {
    await step(`Building ${crate} ${version} once for this user`, usually, () =>
      // Without --locked: a lock file of theirs may name a version that a registry mirror does not serve.
      installBeside(place, (folder) =>
        run('cargo', ['install', crate, '--version', version, '--root', folder, '--no-track'], { cwd: inCache() }),
      ),
    );
    if (!(await works(place))) throw new Error(`${crate} was built, but ${program} --version does not say ${version}`);
  }
  return join(place, 'bin');
}

/** wasm-bindgen's programs, of the very version that the crate was locked to: the two must agree. */
export const ensureWasmBindgen = () =>
  ensureCargoTool('wasm-bindgen-cli', lockedVersion('wasm-bindgen'), 'wasm-bindgen', '4 minutes');

export const ensureWasmPack = () => ensureCargoTool('wasm-pack', WASM_PACK, 'wasm-pack', '3 minutes');
