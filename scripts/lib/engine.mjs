// The engine as wasm with its JavaScript face, in www/engine/pkg.
import { inProject } from './paths.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';
import { shrinkWasm } from './shrink-wasm.mjs';
import { hashOf, unlessUnchanged } from './stamp.mjs';

const PACKAGE = 'www/engine/pkg';

/**
 * @param {NodeJS.ProcessEnv} env  from `ensureWasmTools`
 * @param {{ name: string, feature: string, folder: string }} [what]  the page's engine unless told: feature of Cargo.toml, where it goes
 */
export async function buildEngine(env, { name, feature, folder } = { name: 'engine', feature: 'wasm', folder: PACKAGE }) {
  const args = ['build', '--target', 'web', '--release', '--mode', 'no-install', '--no-pack', '--no-opt', '--out-dir', folder];
  const features = ['--no-default-features', '--features', feature];
  const inputs = ['src', 'Cargo.toml', 'Cargo.lock', 'scripts/lib/engine.mjs', 'scripts/lib/wasm-tools.mjs', 'scripts/lib/shrink-wasm.mjs'];
  await unlessUnchanged({
    name,
    hash: await hashOf(inputs, [env.RUSTC ?? '']),
    outputs: [`${folder}/lottery_ticket.js`, `${folder}/lottery_ticket_bg.wasm`],
    work: () =>
      step(`Building the ${name} to wasm`, '1 minute the first time, then seconds', async () => {
        await run('wasm-pack', [...args, '--', ...features], { cwd: inProject(), env });
        await shrinkWasm(inProject(folder, 'lottery_ticket_bg.wasm'), env);
      }),
  });
}
