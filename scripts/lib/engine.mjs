// The engine as wasm with its JavaScript face, in www/engine/pkg.
import { inProject } from './paths.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';
import { hashOf, unlessUnchanged } from './stamp.mjs';

const PACKAGE = 'www/engine/pkg';

/** @param {NodeJS.ProcessEnv} env  from `ensureWasmTools` */
export async function buildEngine(env) {
  const args = ['build', '--target', 'web', '--release', '--mode', 'no-install', '--no-pack', '--out-dir', PACKAGE];
  const features = ['--no-default-features', '--features', 'wasm'];
  const inputs = ['src', 'Cargo.toml', 'Cargo.lock', 'scripts/lib/engine.mjs', 'scripts/lib/wasm-tools.mjs'];
  await unlessUnchanged({
    name: 'engine',
    hash: await hashOf(inputs, [env.RUSTC ?? '']),
    outputs: [`${PACKAGE}/lottery_ticket.js`, `${PACKAGE}/lottery_ticket_bg.wasm`],
    work: () =>
      step('Building the engine to wasm', '1 minute the first time, then seconds', () =>
        run('wasm-pack', [...args, '--', ...features], { cwd: inProject(), env }),
      ),
  });
}
